namespace Pictor.Imaging.Enhancing;

/// <summary>
/// White balance by shades of grey: the light's colour is taken to be the Minkowski mean of the picture with p = 6, between grey-world (p = 1) and the brightest spot (p = infinity), and the
/// channels are scaled until it is grey. G. Finlayson, E. Trezzi, "Shades of Gray and Colour Constancy" (2004), equation 4 with their p. Computed on linear light.
/// </summary>
internal static class WhiteBalance
{
    private const int Power = 6;

    /// <summary>Light is coloured, but a field of poppies is red: gains beyond these are more likely the scene's own colour.</summary>
    private const double LeastGain = 0.6;

    private const double MostGain = 1.6;

    internal static Pixels Apply(Pixels pixels)
    {
        if (pixels.Channels != 3)
            return pixels;
        byte[] data = pixels.Data;
        double[] linear = [.. Enumerable.Range(0, 256).Select(ToLinear)], powers = [.. linear.Select(v => Math.Pow(v, Power))];
        var sums = new double[3];
        long counted = 0;
        for (int i = 0; i < data.Length; i += 3)
        {
            // A channel at its end has lost how much light there was.
            if (data[i] == 255 || data[i + 1] == 255 || data[i + 2] == 255)
                continue;
            counted++;
            for (int c = 0; c < 3; c++)
                sums[c] += powers[data[i + c]];
        }

        if (counted < data.Length / 300) // less than one pixel in a hundred tells nothing
            return pixels;
        double[] light = [.. sums.Select(s => Math.Pow(s / counted, 1.0 / Power))];
        if (light.Any(l => l < 1e-4))
            return pixels;
        double mean = Math.Cbrt(light[0] * light[1] * light[2]);
        byte[][] tables = [.. light.Select(l => Table(linear, Math.Clamp(mean / l, LeastGain, MostGain)))];
        var result = new byte[data.Length];
        for (int i = 0; i < data.Length; i++)
            result[i] = tables[i % 3][data[i]];
        return pixels with { Data = result };
    }

    private static byte[] Table(double[] linear, double gain) => [.. linear.Select(v => (byte)Math.Clamp(Math.Round(255 * FromLinear(Math.Min(1, v * gain))), 0, 255))];

    /// <summary>IEC 61966-2-1, the sRGB curve.</summary>
    private static double ToLinear(int value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double FromLinear(double v) => v <= 0.0031308 ? v * 12.92 : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055;
}
