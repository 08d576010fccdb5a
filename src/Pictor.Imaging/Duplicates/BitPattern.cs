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

    private static readonly float[] s_points = Draw();

    /// <summary>Compares around (<paramref name="x"/>, <paramref name="y"/>) in the direction of the corner; everything within <see cref="Radius"/> + 1 must lie inside.</summary>
    public static CornerBits Read(byte[] blurred, int width, int x, int y, float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        int at = (y * width) + x;
        Span<ulong> words = stackalloc ulong[4];
        for (int i = 0; i < 256; i++)
        {
            ReadOnlySpan<float> p = s_points.AsSpan(4 * i, 4);
            byte first = blurred[at + Offset(p[0], p[1], sin, cos, width)], second = blurred[at + Offset(p[2], p[3], sin, cos, width)];
            if (first < second)
                words[i >> 6] |= 1UL << (i & 63);
        }

        return new CornerBits(words[0], words[1], words[2], words[3]);
    }

    private static int Offset(float u, float v, float sin, float cos, int width) =>
        ((int)MathF.Floor((sin * u) + (cos * v) + 0.5f) * width) + (int)MathF.Floor((cos * u) - (sin * v) + 0.5f);

    private static float[] Draw()
    {
        var random = new SplitMix(0x5EED);
        var points = new float[4 * 256];
        for (int i = 0; i < 128; i++)
        {
            for (int k = 0; k < 4; k += 2)
            {
                double u, v;
                do
                {
                    (u, v) = (random.Normal() * Radius / 2.2, random.Normal() * Radius / 2.2);
                }
                while ((u * u) + (v * v) > Radius * Radius);
                (points[(4 * i) + k], points[(4 * i) + k + 1]) = ((float)u, (float)v);
                (points[(4 * (i + 128)) + k], points[(4 * (i + 128)) + k + 1]) = ((float)u, (float)-v);
            }
        }

        return points;
    }
}
