namespace Pictor.Imaging;

/// <summary>Weighted sums along rows of interleaved pixels.</summary>
internal static class HorizontalPass
{
    internal static void Run(Pixels source, int width, int left, int top, int rows, in Weights weights, Span<byte> target, int targetWidth)
    {
        int channels = source.Channels;
        int from = source.Width * channels, to = targetWidth * channels;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = source.Data.AsSpan((top + y) * from, from);
            Span<byte> result = target.Slice(y * to, to);
            if (width == source.Width)
                row.Slice(left * channels, to).CopyTo(result);
            else if (channels == 1)
                Grey(row, weights, result);
            else
                Colour(row, weights, result);
        }
    }

    internal static void Grey(ReadOnlySpan<byte> row, in Weights weights, Span<byte> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            ReadOnlySpan<int> w = weights.Of(x);
            ReadOnlySpan<byte> samples = row.Slice(weights.Span(x).First, w.Length);
            int sum = 1 << (Weights.Bits - 1);
            for (int k = 0; k < w.Length; k++)
                sum += samples[k] * w[k];
            result[x] = Rounding.ToByte(sum);
        }
    }

    internal static void Colour(ReadOnlySpan<byte> row, in Weights weights, Span<byte> result)
    {
        for (int x = 0; x < result.Length / 3; x++)
        {
            ReadOnlySpan<int> w = weights.Of(x);
            ReadOnlySpan<byte> samples = row.Slice(weights.Span(x).First * 3, w.Length * 3);
            int r = 1 << (Weights.Bits - 1), g = r, b = r;
            for (int k = 0; k < w.Length; k++)
            {
                r += samples[3 * k] * w[k];
                g += samples[(3 * k) + 1] * w[k];
                b += samples[(3 * k) + 2] * w[k];
            }

            result[3 * x] = Rounding.ToByte(r);
            result[(3 * x) + 1] = Rounding.ToByte(g);
            result[(3 * x) + 2] = Rounding.ToByte(b);
        }
    }
}
