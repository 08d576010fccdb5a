using System.Numerics;

namespace Pictor.Imaging;

/// <summary>Normalised cross-correlation of small grey pictures: 1 for equal up to brightness and contrast, 0 for unrelated.</summary>
internal static class Correlation
{
    private const int Grid = 32;

    /// <summary>Of two pictures of one size.</summary>
    public static double Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
        int i = 0;
        while (i + Vector<byte>.Count <= a.Length)
        {
            // 32-bit lanes hold the squares of some thousands of bytes.
            Vector<uint> va = default, vb = default, vaa = default, vbb = default, vab = default;
            for (int n = 0; n < 1024 && i + Vector<byte>.Count <= a.Length; n++, i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(a[i..]), out Vector<ushort> a0, out Vector<ushort> a1);
                Vector.Widen(new Vector<byte>(b[i..]), out Vector<ushort> b0, out Vector<ushort> b1);
                Add(a0, b0, ref va, ref vb, ref vaa, ref vbb, ref vab);
                Add(a1, b1, ref va, ref vb, ref vaa, ref vbb, ref vab);
            }

            (sa, sb, aa, bb, ab) = (sa + Vector.Sum(va), sb + Vector.Sum(vb), aa + Total(vaa), bb + Total(vbb), ab + Total(vab));
        }

        for (; i < a.Length; i++)
            (sa, sb, aa, bb, ab) = (sa + a[i], sb + b[i], aa + (a[i] * a[i]), bb + (b[i] * b[i]), ab + (a[i] * b[i]));
        return From(a.Length, sa, sb, aa, bb, ab);
    }

    /// <summary>Of the differences between neighbours, along rows and columns: what is left when broad light and shade are taken away.</summary>
    public static double OfDetail(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width)
    {
        double sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
        long n = 0;
        for (int i = 0; i < a.Length; i++)
        {
            for (int step = 0; step < 2; step++)
            {
                int to = step == 0 ? i + 1 : i + width;
                if (to >= a.Length || (step == 0 && to % width == 0))
                    continue;
                double da = a[to] - a[i], db = b[to] - b[i];
                (sa, sb, aa, bb, ab, n) = (sa + da, sb + db, aa + (da * da), bb + (db * db), ab + (da * db), n + 1);
            }
        }

        return From(n, sa, sb, aa, bb, ab);
    }

    /// <summary>Of what two pictures share after alignment, of the differences between neighbours there, and the share of the first that this is.</summary>
    public static (double Value, double Detail, double Overlap) Aligned(PictureFingerprint from, PictureFingerprint to, Alignment alignment)
    {
        (CornerSet a, CornerSet b) = (from.Corners!, to.Corners!);
        var value = new Sums();
        var detail = new Sums();
        Span<(double P, double Q)> above = stackalloc (double, double)[Grid];
        above.Fill((double.NaN, 0));
        for (int y = 0; y < Grid; y++)
        {
            (double P, double Q) left = (double.NaN, 0);
            for (int x = 0; x < Grid; x++)
            {
                double u = (x + 0.5) / Grid, v = (y + 0.5) / Grid;
                (double mx, double my) = alignment.Map((alignment.Mirrored ? 1 - u : u) * a.Width, v * a.Height);
                (double bu, double bv) = (mx / b.Width, my / b.Height);
                if (bu is < 0.02 or > 0.98 || bv is < 0.02 or > 0.98)
                {
                    above[x] = left = (double.NaN, 0);
                    continue;
                }

                (double P, double Q) here = (Sample(from.Copy, u, v), Sample(to.Copy, bu, bv));
                value.Add(here.P, here.Q);
                if (!double.IsNaN(left.P))
                    detail.Add(here.P - left.P, here.Q - left.Q);
                if (!double.IsNaN(above[x].P))
                    detail.Add(here.P - above[x].P, here.Q - above[x].Q);
                above[x] = left = here;
            }
        }

        return (value.Correlation, detail.Correlation, (double)value.Count / (Grid * Grid));
    }

    /// <summary>What a correlation is made of.</summary>
    private struct Sums
    {
        private double _a, _b, _aa, _bb, _ab;

        internal int Count { get; private set; }

        internal readonly double Correlation => From(Count, _a, _b, _aa, _bb, _ab);

        internal void Add(double a, double b) => (_a, _b, _aa, _bb, _ab, Count) = (_a + a, _b + b, _aa + (a * a), _bb + (b * b), _ab + (a * b), Count + 1);
    }

    private static double Sample(GreyCopy copy, double u, double v)
    {
        double x = Math.Clamp((u * copy.Width) - 0.5, 0, copy.Width - 1.001), y = Math.Clamp((v * copy.Height) - 0.5, 0, copy.Height - 1.001);
        int i = (int)x, j = (int)y, right = Math.Min(i + 1, copy.Width - 1), below = Math.Min(j + 1, copy.Height - 1);
        double fx = x - i, fy = y - j;
        double top = (copy.Fine[(j * copy.Width) + i] * (1 - fx)) + (copy.Fine[(j * copy.Width) + right] * fx);
        double bottom = (copy.Fine[(below * copy.Width) + i] * (1 - fx)) + (copy.Fine[(below * copy.Width) + right] * fx);
        return (top * (1 - fy)) + (bottom * fy);
    }

    private static double From(double n, double sa, double sb, double aa, double bb, double ab)
    {
        double va = (n * aa) - (sa * sa), vb = (n * bb) - (sb * sb);
        return va <= 0 || vb <= 0 ? 0 : Math.Clamp(((n * ab) - (sa * sb)) / Math.Sqrt(va * vb), -1, 1);
    }

    private static void Add(Vector<ushort> a, Vector<ushort> b, ref Vector<uint> va, ref Vector<uint> vb, ref Vector<uint> vaa, ref Vector<uint> vbb, ref Vector<uint> vab)
    {
        Vector.Widen(a, out Vector<uint> a0, out Vector<uint> a1);
        Vector.Widen(b, out Vector<uint> b0, out Vector<uint> b1);
        va += a0 + a1;
        vb += b0 + b1;
        vaa += (a0 * a0) + (a1 * a1);
        vbb += (b0 * b0) + (b1 * b1);
        vab += (a0 * b0) + (a1 * b1);
    }

    private static long Total(Vector<uint> lanes)
    {
        Vector.Widen(lanes, out Vector<ulong> low, out Vector<ulong> high);
        return (long)Vector.Sum(low + high);
    }
}
