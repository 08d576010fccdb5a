using System.Numerics;

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
        int i = 0;
        for (; i + Vector<byte>.Count <= result.Length; i += Vector<byte>.Count)
            Columns(source[i..], stride, weights).CopyTo(result[i..]);
        for (; i < result.Length; i++)
            result[i] = Column(source[i..], stride, weights);
    }

    internal static byte Column(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        int sum = Rounding.Half;
        for (int k = 0; k < weights.Length; k++)
            sum += source[k * stride] * weights[k];
        return Rounding.ToByte(sum);
    }

    private static Vector<byte> Columns(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        Vector<int> a = new(Rounding.Half), b = a, c = a, d = a;
        for (int k = 0; k < weights.Length; k++)
        {
            Vector.Widen(new Vector<byte>(source[(k * stride)..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> p, out Vector<uint> q);
            Vector.Widen(high, out Vector<uint> r, out Vector<uint> s);
            Vector<int> weight = new(weights[k]);
            a += Vector.AsVectorInt32(p) * weight;
            b += Vector.AsVectorInt32(q) * weight;
            c += Vector.AsVectorInt32(r) * weight;
            d += Vector.AsVectorInt32(s) * weight;
        }

        return Vector.Narrow(Vector.Narrow(Clamped(a), Clamped(b)), Vector.Narrow(Clamped(c), Clamped(d)));
    }

    private static Vector<uint> Clamped(Vector<int> sum) =>
        Vector.AsVectorUInt32(Vector.Min(Vector.Max(Vector.ShiftRightArithmetic(sum, Weights.Bits), Vector<int>.Zero), new Vector<int>(255)));
}
