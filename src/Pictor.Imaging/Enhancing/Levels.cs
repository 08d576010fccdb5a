namespace Pictor.Imaging.Enhancing;

/// <summary>
/// Auto-levels: the darkest and the lightest half per cent of brightness become black and white, and what is between is stretched evenly (percentile contrast stretching; R. Gonzalez,
/// R. Woods, "Digital Image Processing", section 3.2). All channels are stretched alike, so that no hue moves. A picture that uses the range already, or is of one tone, stays as it is.
/// </summary>
internal static class Levels
{
    private const double Share = 0.005;

    /// <summary>A night or fog should get clearer, not be torn apart: never more than this factor.</summary>
    private const double Steepest = 3;

    internal static Pixels Apply(Pixels pixels)
    {
        var histogram = new int[256];
        byte[] data = pixels.Data;
        int count = pixels.Width * pixels.Height;
        for (int i = 0; i < count; i++)
            histogram[Luma(data, i, pixels.Channels)]++;
        int low = Percentile(histogram, count * Share), high = 255 - Percentile([.. histogram.Reverse()], count * Share);
        if (high <= low || (low == 0 && high == 255))
            return pixels;

        double slope = Math.Min(Steepest, 255.0 / (high - low));

        // Where the slope is limited, what is given up is divided evenly between both ends.
        double offset = slope < Steepest ? -low * slope : 127.5 - ((low + high) / 2.0 * slope);
        var table = new byte[256];
        for (int v = 0; v < table.Length; v++)
            table[v] = (byte)Math.Clamp(Math.Round((v * slope) + offset), 0, 255);
        var result = new byte[data.Length];
        for (int i = 0; i < data.Length; i++)
            result[i] = table[data[i]];
        return pixels with { Data = result };
    }

    /// <summary>Rec. 601 luma in 16-bit fixed point.</summary>
    internal static int Luma(byte[] data, int pixel, int channels) => channels == 1
        ? data[pixel]
        : ((19595 * data[pixel * 3]) + (38470 * data[(pixel * 3) + 1]) + (7471 * data[(pixel * 3) + 2]) + 32768) >> 16;

    private static int Percentile(int[] histogram, double beyond)
    {
        double sum = 0;
        for (int v = 0; v < histogram.Length; v++)
        {
            sum += histogram[v];
            if (sum > beyond)
                return v;
        }

        return histogram.Length - 1;
    }
}
