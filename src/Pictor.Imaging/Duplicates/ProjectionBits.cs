using System.Numerics;

namespace Pictor.Imaging;

/// <summary>
/// 512 signs of random projections of the 16 x 16 copy: two pictures differ in a sign with probability angle / pi (Charikar 2002). The projections are
/// Hadamard transforms after random flips of sign (Ailon and Chazelle 2009), so that all of them cost a few thousand additions.
/// </summary>
internal static class ProjectionBits
{
    public const int Count = 512;
    private const int Length = GreyCopy.CoarseSide * GreyCopy.CoarseSide;
    private static readonly float[] s_flips = Draw();

    /// <summary>Fills eight words with signs.</summary>
    public static void Of(ReadOnlySpan<byte> coarse, Span<ulong> words)
    {
        float mean = 0;
        foreach (byte v in coarse)
            mean += v;
        mean /= Length;
        Span<float> values = stackalloc float[Length];
        for (int block = 0; block < 2; block++)
        {
            for (int i = 0; i < Length; i++)
                values[i] = (coarse[i] - mean) * s_flips[(2 * block * Length) + i];
            Hadamard(values);
            for (int i = 0; i < Length; i++)
                values[i] *= s_flips[(((2 * block) + 1) * Length) + i];
            Hadamard(values);
            for (int i = 0; i < Length; i++)
            {
                int bit = (block * Length) + i;
                if ((bit & 63) == 0)
                    words[bit >> 6] = 0;
                if (values[i] > 0)
                    words[bit >> 6] |= 1UL << (bit & 63);
            }
        }
    }

    /// <summary><paramref name="count"/> bits from bit <paramref name="first"/> on.</summary>
    public static int Slice(ReadOnlySpan<ulong> words, int first, int count)
    {
        int word = first >> 6, shift = first & 63;
        ulong bits = words[word] >> shift;
        if (shift + count > 64)
            bits |= words[word + 1] << (64 - shift);
        return (int)(bits & ((1UL << count) - 1));
    }

    private static void Hadamard(Span<float> values)
    {
        for (int half = 1; half < Length; half *= 2)
        {
            for (int start = 0; start < Length; start += 2 * half)
            {
                Span<float> a = values.Slice(start, half), b = values.Slice(start + half, half);
                int i = 0;
                for (; i + Vector<float>.Count <= half; i += Vector<float>.Count)
                {
                    var x = new Vector<float>(a[i..]);
                    var y = new Vector<float>(b[i..]);
                    (x + y).CopyTo(a[i..]);
                    (x - y).CopyTo(b[i..]);
                }

                for (; i < half; i++)
                    (a[i], b[i]) = (a[i] + b[i], a[i] - b[i]);
            }
        }
    }

    private static float[] Draw()
    {
        var random = new SplitMix(0xF11B);
        var flips = new float[4 * Length];
        for (int i = 0; i < flips.Length; i++)
            flips[i] = (random.Next() & 1) == 0 ? 1 : -1;
        return flips;
    }
}
