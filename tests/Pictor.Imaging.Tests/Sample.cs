namespace Pictor.Imaging.Tests;

/// <summary>Small pictures made on the spot.</summary>
internal static class Sample
{
    internal static Pixels Noise(int width, int height, int channels, int seed)
    {
        var data = new byte[width * height * channels];
        new Random(seed).NextBytes(data);
        return new Pixels(width, height, channels, data);
    }

    internal static Pixels Gradient(int width, int height, int channels)
    {
        var data = new byte[width * height * channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                    data[(((y * width) + x) * channels) + c] = (byte)((c == 1 ? 255 * y / height : 255 * x / width) ^ (c == 2 ? 255 : 0));
            }
        }

        return new Pixels(width, height, channels, data);
    }
}
