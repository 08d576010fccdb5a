using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Changes that look at one value at a time, through a table of 256.</summary>
internal static class ToneTable
{
    /// <summary>v -> ((v - mean) * contrast + mean) * brightness; the mean is the picture's.</summary>
    public static void Tone(Span<byte> values, double brightness, double contrast)
    {
        double mean = (double)ByteSum.Of(values) / values.Length;
        Span<byte> table = stackalloc byte[256];
        for (int v = 0; v < table.Length; v++)
            table[v] = (byte)Math.Clamp(Math.Round((((v - mean) * contrast) + mean) * brightness), 0, 255);
        Map(values, table);
    }

    /// <summary>Keeps the upper <paramref name="bits"/> of each value.</summary>
    public static void Posterize(Span<byte> values, int bits)
    {
        byte mask = (byte)(0xFF << (8 - bits));
        foreach (ref byte v in values)
            v &= mask;
    }

    /// <summary>Inverts what is at or above the threshold.</summary>
    public static void Solarize(Span<byte> values, int threshold)
    {
        foreach (ref byte v in values)
            v = v >= threshold ? (byte)(255 - v) : v;
    }

    /// <summary>Stretches each channel to 0..255.</summary>
    public static void AutoContrast(Span<byte> planes, PictureShape shape)
    {
        Span<byte> table = stackalloc byte[256];
        for (int c = 0; c < shape.Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * shape.Height * shape.Width, shape.Height * shape.Width);
            byte low = 255, high = 0;
            foreach (byte v in plane)
                (low, high) = (Math.Min(low, v), Math.Max(high, v));
            if (high <= low)
                continue;
            for (int v = 0; v < table.Length; v++)
                table[v] = (byte)Math.Clamp(((v - low) * 255) / (high - low), 0, 255);
            Map(plane, table);
        }
    }

    /// <summary>Evens out each channel's histogram; the step and rounding are Pillow's ImageOps.equalize.</summary>
    public static void Equalize(Span<byte> planes, PictureShape shape)
    {
        Span<byte> table = stackalloc byte[256];
        Span<int> counts = stackalloc int[256];
        for (int c = 0; c < shape.Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * shape.Height * shape.Width, shape.Height * shape.Width);
            counts.Clear();
            foreach (byte v in plane)
                counts[v]++;
            int last = counts.LastIndexOfAnyExcept(0), step = (plane.Length - counts[last]) / 255, sum = step / 2;
            if (step == 0 || counts[last] == plane.Length)
                continue;
            for (int v = 0; v < table.Length; v++)
            {
                table[v] = (byte)Math.Min(sum / step, 255);
                sum += counts[v];
            }

            Map(plane, table);
        }
    }

    private static void Map(Span<byte> values, ReadOnlySpan<byte> table)
    {
        foreach (ref byte v in values)
            v = table[v];
    }
}
