namespace Pictor.Imaging;

/// <summary>Weighted sums down columns: whole rows are added, so channels do not matter.</summary>
internal static class VerticalPass
{
    /// <param name="source">From the first row that counts.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="result">One row.</param>
    internal static void Row(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            int sum = 1 << (Weights.Bits - 1);
            for (int k = 0; k < weights.Length; k++)
                sum += source[(k * stride) + i] * weights[k];
            result[i] = Rounding.ToByte(sum);
        }
    }
}
