namespace Pictor.Imaging.Tests;

/// <summary>Small pictures made on the spot, and the golden files.</summary>
internal static class Sample
{
    internal static string Golden(params string[] path) => Path.Combine([AppContext.BaseDirectory, "Golden", .. path]);

    /// <summary>The same bytes as noise() in make_goldens.py: the top byte of a 32-bit linear congruential generator.</summary>
    internal static Pixels Noise(int width, int height, int channels, uint seed)
    {
        var data = new byte[width * height * channels];
        for (int i = 0; i < data.Length; i++)
        {
            seed = unchecked((seed * 1664525) + 1013904223);
            data[i] = (byte)(seed >> 24);
        }

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

    internal static double MeanDifference(Pixels a, Pixels b)
    {
        Assert.Equal((a.Width, a.Height, a.Channels), (b.Width, b.Height, b.Channels));
        return a.Data.Zip(b.Data).Average(pair => Math.Abs(pair.First - pair.Second));
    }
}
