using System.Numerics;

namespace Pictor.Imaging;

/// <summary>Many colours at once to OKLab (Ottosson 2020), as wide as the processor's vectors.</summary>
internal static class OklabColours
{
    /// <summary>In place: linear red, green and blue, 0..1, become lightness and the two axes of colour. Lengths are equal.</summary>
    internal static void FromLinear(Span<float> reds, Span<float> greens, Span<float> blues)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= reds.Length; i += Vector<float>.Count)
            Convert(reds[i..], greens[i..], blues[i..]);
        if (i == reds.Length)
            return;

        // What is left over, filled up to a vector.
        int left = reds.Length - i;
        Span<float> r = stackalloc float[Vector<float>.Count], g = stackalloc float[Vector<float>.Count], b = stackalloc float[Vector<float>.Count];
        r.Clear();
        g.Clear();
        b.Clear();
        reds[i..].CopyTo(r);
        greens[i..].CopyTo(g);
        blues[i..].CopyTo(b);
        Convert(r, g, b);
        r[..left].CopyTo(reds[i..]);
        g[..left].CopyTo(greens[i..]);
        b[..left].CopyTo(blues[i..]);
    }

    /// <summary>
    /// Grows with the angle of (<paramref name="x"/>, <paramref name="y"/>) from 0 to 4 in a full turn, as the way along the square |x| + |y| = 1 does: enough to compare angles by.
    /// </summary>
    internal static float Turn(float x, float y)
    {
        float way = y / (MathF.Abs(x) + MathF.Abs(y));
        return x < 0 ? 2 - way : y < 0 ? 4 + way : way;
    }

    /// <summary>The turn of an angle in degrees, 0..360.</summary>
    internal static float Turn(float degrees)
    {
        (float sin, float cos) = MathF.SinCos(degrees * (MathF.PI / 180));
        return Turn(cos, sin);
    }

    private static void Convert(Span<float> reds, Span<float> greens, Span<float> blues)
    {
        Vector<float> r = new(reds), g = new(greens), b = new(blues);
        Vector<float> l = CubeRoot((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        Vector<float> m = CubeRoot((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        Vector<float> s = CubeRoot((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        ((0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s)).CopyTo(reds);
        ((1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s)).CopyTo(greens);
        ((0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s)).CopyTo(blues);
    }

    // A third of the exponent for a start (off by 3 % at most), then two steps of Halley, each of which leaves about the cube of the error: as exact as a float can be.
    private static Vector<float> CubeRoot(Vector<float> x)
    {
        const int Bias = 709921077; // two thirds of the exponent's bias, set for the least error
        x = Vector.Max(x, new Vector<float>(1e-12f)); // black would be 0 / 0
        Vector<float> third = Vector.ConvertToSingle(Vector.AsVectorInt32(x)) * (1f / 3);
        Vector<float> y = Vector.AsVectorSingle(Vector.ConvertToInt32(third) + new Vector<int>(Bias));
        for (int step = 0; step < 2; step++)
        {
            Vector<float> cube = y * y * y;
            y *= (cube + x + x) / (cube + cube + x);
        }

        return y;
    }
}
