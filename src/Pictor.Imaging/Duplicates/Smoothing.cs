using System.Buffers;
using System.Numerics;

namespace Pictor.Imaging;

/// <summary>Small filters on grey planes.</summary>
internal static class Smoothing
{
    /// <summary>The binomial filter 1 4 6 4 1 along rows and columns; edges repeat.</summary>
    public static byte[] Binomial(byte[] plane, int w, int h)
    {
        ushort[] rows = ArrayPool<ushort>.Shared.Rent(w * h);
        byte[] smooth = GC.AllocateUninitializedArray<byte>(w * h);
        for (int y = 0; y < h; y++)
            Along(plane.AsSpan(y * w, w), rows.AsSpan(y * w, w));
        for (int y = 0; y < h; y++)
        {
            Down(
                rows.AsSpan(Math.Max(0, y - 2) * w, w), rows.AsSpan(Math.Max(0, y - 1) * w, w), rows.AsSpan(y * w, w),
                rows.AsSpan(Math.Min(h - 1, y + 1) * w, w), rows.AsSpan(Math.Min(h - 1, y + 2) * w, w), smooth.AsSpan(y * w, w));
        }

        ArrayPool<ushort>.Shared.Return(rows);
        return smooth;
    }

    private static void Along(ReadOnlySpan<byte> from, Span<ushort> to)
    {
        int w = from.Length, lanes = Vector<byte>.Count, x = 0;
        for (; x < Math.Min(2, w); x++)
            to[x] = At(from, x);
        for (Vector<ushort> four = new(4), six = new(6); x + lanes <= w - 2; x += lanes)
        {
            Vector.Widen(new Vector<byte>(from[(x - 2)..]), out Vector<ushort> a, out Vector<ushort> a2);
            Vector.Widen(new Vector<byte>(from[(x - 1)..]), out Vector<ushort> b, out Vector<ushort> b2);
            Vector.Widen(new Vector<byte>(from[x..]), out Vector<ushort> c, out Vector<ushort> c2);
            Vector.Widen(new Vector<byte>(from[(x + 1)..]), out Vector<ushort> d, out Vector<ushort> d2);
            Vector.Widen(new Vector<byte>(from[(x + 2)..]), out Vector<ushort> e, out Vector<ushort> e2);
            (a + e + (four * (b + d)) + (six * c)).CopyTo(to[x..]);
            (a2 + e2 + (four * (b2 + d2)) + (six * c2)).CopyTo(to[(x + Vector<ushort>.Count)..]);
        }

        for (; x < w; x++)
            to[x] = At(from, x);
    }

    private static ushort At(ReadOnlySpan<byte> from, int x)
    {
        int last = from.Length - 1;
        return (ushort)(from[Math.Max(0, x - 2)] + (4 * from[Math.Max(0, x - 1)]) + (6 * from[x]) + (4 * from[Math.Min(last, x + 1)]) + from[Math.Min(last, x + 2)]);
    }

    // 16 x 16 x 255 and a half still fit into 16 bits.
    private static void Down(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, ReadOnlySpan<ushort> c, ReadOnlySpan<ushort> d, ReadOnlySpan<ushort> e, Span<byte> to)
    {
        int x = 0, half = Vector<ushort>.Count;
        for (; x + Vector<byte>.Count <= to.Length; x += Vector<byte>.Count)
            Vector.Narrow(Column(a[x..], b[x..], c[x..], d[x..], e[x..]), Column(a[(x + half)..], b[(x + half)..], c[(x + half)..], d[(x + half)..], e[(x + half)..])).CopyTo(to[x..]);
        for (; x < to.Length; x++)
            to[x] = (byte)((a[x] + (4 * b[x]) + (6 * c[x]) + (4 * d[x]) + e[x] + 128) >> 8);
    }

    private static Vector<ushort> Column(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, ReadOnlySpan<ushort> c, ReadOnlySpan<ushort> d, ReadOnlySpan<ushort> e) => Vector.ShiftRightLogical(
        new Vector<ushort>(a) + new Vector<ushort>(e) + (new Vector<ushort>(4) * (new Vector<ushort>(b) + new Vector<ushort>(d))) + (new Vector<ushort>(6) * new Vector<ushort>(c)) + new Vector<ushort>(128), 8);
}
