namespace Pictor.Datasets;

/// <summary>Mean and deviation from a histogram of the 256 values per channel: whole numbers, so the result is exact and free of order.</summary>
internal static class PlaneStatistics
{
    public static (float[] Mean, float[] Std) Of(PackedStore store)
    {
        int channels = store.Shape.Channels;
        var total = new long[channels * 256];
        var gate = new Lock();
        SideBySide.For(store.Count, () => new long[channels * 256], (position, counts) =>
        {
            Add(store.Planes(position), channels, counts);
            return counts;
        }, counts =>
        {
            lock (gate)
            {
                for (int i = 0; i < total.Length; i++)
                    total[i] += counts[i];
            }
        }, CancellationToken.None);
        return From(total, channels);
    }

    /// <summary>Counts the values of [channels, n] planes.</summary>
    public static void Add(ReadOnlySpan<byte> planes, int channels, Span<long> counts)
    {
        int area = planes.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            Span<long> histogram = counts.Slice(c * 256, 256);
            foreach (byte value in planes.Slice(c * area, area))
                histogram[value]++;
        }
    }

    /// <summary>Mean and population standard deviation per channel, in units of 0..1; 0 where nothing was counted.</summary>
    public static (float[] Mean, float[] Std) From(ReadOnlySpan<long> counts, int channels)
    {
        var mean = new float[channels];
        var std = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double n = 0, sum = 0, squares = 0;
            for (int v = 0; v < 256; v++)
            {
                double count = counts[(c * 256) + v];
                n += count;
                sum += count * v;
                squares += count * v * v;
            }

            if (n == 0)
                continue;
            double m = sum / n;
            mean[c] = (float)(m / 255);
            std[c] = (float)(Math.Sqrt(Math.Max(0, (squares / n) - (m * m))) / 255);
        }

        return (mean, std);
    }
}
