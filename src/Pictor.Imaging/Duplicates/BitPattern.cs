using System.Numerics;

namespace Pictor.Imaging;

/// <summary>256 bits that say of 256 pairs of points around a corner which one is brighter.</summary>
internal readonly record struct CornerBits(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>What the mirrored corner would give: the pattern is its own mirror image, its two halves trade places.</summary>
    public CornerBits Mirrored => new(C, D, A, B);

    public int Distance(in CornerBits other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B) + BitOperations.PopCount(C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    public bool this[int bit] => (((bit >> 6) switch { 0 => A, 1 => B, 2 => C, _ => D } >> (bit & 63)) & 1) != 0;
}

/// <summary>
/// The pairs of points, drawn from a normal distribution (BRIEF: Calonder et al. 2010) and turned with the corner (ORB: Rublee et al. 2011).
/// Pair i + 128 is pair i mirrored at the corner's axis.
/// </summary>
internal static class BitPattern
{
    /// <summary>No point lies further from the corner.</summary>
    public const int Radius = 12;

    private const int Pairs = 256;

    // u of the first points, v of the first points, u of the second ones, v of the second ones.
    private static readonly float[] s_points = Draw();

    /// <summary>Compares around (<paramref name="x"/>, <paramref name="y"/>) in the direction of the corner; everything within <see cref="Radius"/> + 1 must lie inside.</summary>
    public static CornerBits Read(byte[] blurred, int width, int x, int y, float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        Span<int> first = stackalloc int[Pairs], second = stackalloc int[Pairs];
        Offsets(s_points.AsSpan(0, Pairs), s_points.AsSpan(Pairs, Pairs), sin, cos, width, first);
        Offsets(s_points.AsSpan(2 * Pairs, Pairs), s_points.AsSpan(3 * Pairs, Pairs), sin, cos, width, second);
        int at = (y * width) + x;
        Span<ulong> words = stackalloc ulong[4];
        for (int i = 0; i < Pairs; i++)
            words[i >> 6] |= (blurred[at + first[i]] < blurred[at + second[i]] ? 1UL : 0) << (i & 63);
        return new CornerBits(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Where the turned points lie from the corner, rounded to whole pixels.</summary>
    private static void Offsets(ReadOnlySpan<float> us, ReadOnlySpan<float> vs, float sin, float cos, int width, Span<int> offsets)
    {
        Vector<float> half = new(0.5f), sines = new(sin), cosines = new(cos);
        for (int i = 0; i < us.Length; i += Vector<float>.Count)
        {
            Vector<float> u = new(us[i..]), v = new(vs[i..]);
            Vector<int> down = Vector.ConvertToInt32(Vector.Floor((sines * u) + (cosines * v) + half)), right = Vector.ConvertToInt32(Vector.Floor((cosines * u) - (sines * v) + half));
            ((down * width) + right).CopyTo(offsets[i..]);
        }
    }

    private static float[] Draw()
    {
        var random = new SplitMix(0x5EED);
        var points = new float[4 * Pairs];
        for (int i = 0; i < Pairs / 2; i++)
        {
            for (int k = 0; k < 4; k += 2)
            {
                double u, v;
                do
                {
                    (u, v) = (random.Normal() * Radius / 2.2, random.Normal() * Radius / 2.2);
                }
                while ((u * u) + (v * v) > Radius * Radius);
                (points[(k * Pairs) + i], points[((k + 1) * Pairs) + i]) = ((float)u, (float)v);
                (points[(k * Pairs) + i + (Pairs / 2)], points[((k + 1) * Pairs) + i + (Pairs / 2)]) = ((float)u, (float)-v);
            }
        }

        return points;
    }
}
