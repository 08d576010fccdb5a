namespace Pictor.Imaging.Enhancing;

/// <summary>
/// Unsharp mask: a share of what a Gaussian blur takes away is added to the brightness (Gonzalez, Woods, section 3.6; A. Rosenfeld, A. Kak, "Digital Picture Processing"). All channels of
/// a pixel move alike, so edges get no coloured seams; differences below a threshold are noise and stay.
/// </summary>
internal static class Sharpening
{
    private const double Amount = 0.6;
    private const int Threshold = 3;

    /// <summary>sigma 1, in 1/256.</summary>
    private static readonly int[] s_kernel = [14, 63, 102, 63, 14];

    internal static Pixels Apply(Pixels pixels)
    {
        (int width, int height, int channels) = (pixels.Width, pixels.Height, pixels.Channels);
        var luma = new byte[width * height];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (byte)Levels.Luma(pixels.Data, i, channels);
        byte[] blurred = Pass(Pass(luma, width, height, along: 1, width), width, height, along: width, height);

        byte[] result = (byte[])pixels.Data.Clone();
        for (int i = 0; i < luma.Length; i++)
        {
            int difference = luma[i] - blurred[i];
            if (Math.Abs(difference) < Threshold)
                continue;
            int add = (int)Math.Round(Amount * difference);
            for (int c = 0; c < channels; c++)
                result[(i * channels) + c] = (byte)Math.Clamp(result[(i * channels) + c] + add, 0, 255);
        }

        return pixels with { Data = result };
    }

    /// <summary>One direction; beyond the edge the edge itself goes on.</summary>
    private static byte[] Pass(byte[] from, int width, int height, int along, int length)
    {
        var to = new byte[from.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = (y * width) + x, place = along == 1 ? x : y, sum = 128;
                for (int k = -2; k <= 2; k++)
                    sum += s_kernel[k + 2] * from[at + ((Math.Clamp(place + k, 0, length - 1) - place) * along)];
                to[at] = (byte)(sum >> 8);
            }
        }

        return to;
    }
}
