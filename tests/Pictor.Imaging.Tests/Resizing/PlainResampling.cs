namespace Pictor.Imaging.Tests.Resizing;

/// <summary>Resampling straight from the definition, in doubles, one sample at a time. Between the passes values are clamped to 0..255, as 8-bit samples are.</summary>
internal static class PlainResampling
{
    internal static double[] Resize(Pixels source, int width, int height, ResizeFilter filter)
    {
        double[] rows = source.Width == width ? [.. source.Data.Select(v => (double)v)] : new double[source.Height * width * source.Channels];
        for (int y = 0; y < source.Height && source.Width != width; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < source.Channels; c++)
                {
                    rows[(((y * width) + x) * source.Channels) + c] = Math.Clamp(
                        Sum(source.Width, width, x, filter, i => source.Data[(((y * source.Width) + i) * source.Channels) + c]), 0, 255);
                }
            }
        }

        if (source.Height == height)
            return rows;
        var result = new double[height * width * source.Channels];
        int stride = width * source.Channels;
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < stride; i++)
                result[(y * stride) + i] = Math.Clamp(Sum(source.Height, height, y, filter, k => rows[(k * stride) + i]), 0, 255);
        }

        return result;
    }

    private static double Sum(int from, int to, int index, ResizeFilter filter, Func<int, double> sample)
    {
        double scale = Math.Max(1, (double)from / to), centre = (index + 0.5) * from / to;
        double sum = 0, total = 0;
        for (int i = 0; i < from; i++)
        {
            double weight = Weight((i + 0.5 - centre) / scale, filter);
            sum += weight * sample(i);
            total += weight;
        }

        return sum / total;
    }

    private static double Weight(double x, ResizeFilter filter)
    {
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear)
            return Math.Max(0, 1 - x);
        return x < 1 ? (1.5 * x * x * x) - (2.5 * x * x) + 1 : x < 2 ? (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2 : 0;
    }
}
