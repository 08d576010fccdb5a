using System.Numerics;

namespace Pictor.Imaging;

/// <summary>
/// How much of a corner each pixel is: det / trace of the structure tensor over 5 x 5 pixels. The products of the gradients are whole numbers and their sums fit a float exactly, so
/// the order of adding changes nothing: columns are summed as the rows go by, and all of it stays in the nearest cache.
/// </summary>
internal static class CornerStrength
{
    private const int Side = 5;

    /// <param name="plane">[height, width].</param>
    /// <param name="w">Width.</param>
    /// <param name="h">Height.</param>
    /// <param name="strength">[height, width]; what lies within three pixels of the border is left as it is.</param>
    public static void Of(ReadOnlySpan<byte> plane, int w, int h, Span<float> strength)
    {
        // The products xx, yy, xy of the last five rows, and their sums down the columns.
        Span<int> rows = new int[3 * Side * w], sums = new int[3 * w];
        for (int y = 1; y < h - 1; y++)
        {
            Span<int> products = rows.Slice(y % Side * 3 * w, 3 * w); // of the row five before
            Products(plane.Slice((y - 1) * w, w), plane.Slice(y * w, w), plane.Slice((y + 1) * w, w), products, sums);
            if (y >= Side)
                Strengths(sums, w, strength.Slice((y - 2) * w, w));
        }
    }

    private static void Products(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, ReadOnlySpan<byte> below, Span<int> products, Span<int> sums)
    {
        int w = row.Length, x = 1, lanes = Vector<int>.Count;
        for (; x + Vector<byte>.Count <= w - 1; x += Vector<byte>.Count)
        {
            (Vector<short> gx, Vector<short> gx2) = Differences(row[(x + 1)..], row[(x - 1)..]);
            (Vector<short> gy, Vector<short> gy2) = Differences(below[x..], above[x..]);
            Vector.Widen(gx, out Vector<int> a, out Vector<int> b);
            Vector.Widen(gx2, out Vector<int> c, out Vector<int> d);
            Vector.Widen(gy, out Vector<int> p, out Vector<int> q);
            Vector.Widen(gy2, out Vector<int> r, out Vector<int> s);
            Replace(products, sums, w, x, a, p);
            Replace(products, sums, w, x + lanes, b, q);
            Replace(products, sums, w, x + (2 * lanes), c, r);
            Replace(products, sums, w, x + (3 * lanes), d, s);
        }

        for (; x < w - 1; x++)
        {
            int gx = row[x + 1] - row[x - 1], gy = below[x] - above[x];
            (sums[x], products[x]) = (sums[x] + (gx * gx) - products[x], gx * gx);
            (sums[w + x], products[w + x]) = (sums[w + x] + (gy * gy) - products[w + x], gy * gy);
            (sums[(2 * w) + x], products[(2 * w) + x]) = (sums[(2 * w) + x] + (gx * gy) - products[(2 * w) + x], gx * gy);
        }
    }

    private static void Replace(Span<int> products, Span<int> sums, int w, int x, Vector<int> gx, Vector<int> gy)
    {
        Replace(products[x..], sums[x..], gx * gx);
        Replace(products[(w + x)..], sums[(w + x)..], gy * gy);
        Replace(products[((2 * w) + x)..], sums[((2 * w) + x)..], gx * gy);
    }

    private static void Replace(Span<int> product, Span<int> sum, Vector<int> value)
    {
        (new Vector<int>(sum) + value - new Vector<int>(product)).CopyTo(sum);
        value.CopyTo(product);
    }

    private static (Vector<short> Low, Vector<short> High) Differences(ReadOnlySpan<byte> more, ReadOnlySpan<byte> less)
    {
        Vector.Widen(new Vector<byte>(more), out Vector<ushort> a, out Vector<ushort> b);
        Vector.Widen(new Vector<byte>(less), out Vector<ushort> c, out Vector<ushort> d);
        return (Vector.AsVectorInt16(a - c), Vector.AsVectorInt16(b - d));
    }

    private static void Strengths(ReadOnlySpan<int> sums, int w, Span<float> strength)
    {
        ReadOnlySpan<int> xxs = sums[..w], yys = sums.Slice(w, w), xys = sums.Slice(2 * w, w);
        int x = 3;
        for (; x + Vector<int>.Count <= w - 3; x += Vector<int>.Count)
        {
            Vector<float> xx = Five(xxs[(x - 2)..]), yy = Five(yys[(x - 2)..]), xy = Five(xys[(x - 2)..]), trace = xx + yy;
            Vector.ConditionalSelect(Vector.GreaterThan(trace, Vector<float>.Zero), ((xx * yy) - (xy * xy)) / trace, Vector<float>.Zero).CopyTo(strength[x..]);
        }

        for (; x < w - 3; x++)
        {
            float xx = xxs[x - 2] + xxs[x - 1] + xxs[x] + xxs[x + 1] + xxs[x + 2], yy = yys[x - 2] + yys[x - 1] + yys[x] + yys[x + 1] + yys[x + 2];
            float xy = xys[x - 2] + xys[x - 1] + xys[x] + xys[x + 1] + xys[x + 2], trace = xx + yy;
            strength[x] = trace > 0 ? ((xx * yy) - (xy * xy)) / trace : 0;
        }
    }

    private static Vector<float> Five(ReadOnlySpan<int> sums) =>
        Vector.ConvertToSingle(new Vector<int>(sums) + new Vector<int>(sums[1..]) + new Vector<int>(sums[2..]) + new Vector<int>(sums[3..]) + new Vector<int>(sums[4..]));
}
