using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pictor.Imaging;

/// <summary>Colours in OKLab (Ottosson 2020), as many at once as the processor's vectors hold.</summary>
/// <param name="Lightness">0..1.</param>
/// <param name="X">From green to red.</param>
/// <param name="Y">From blue to yellow.</param>
internal readonly record struct OklabColours(Vector<float> Lightness, Vector<float> X, Vector<float> Y)
{
    /// <summary>The distance from grey, squared.</summary>
    internal Vector<float> SquaredChroma => (X * X) + (Y * Y);

    /// <summary>Grows with the hue from 0 to 4 in a full turn, as the way along the square |x| + |y| = 1 does: enough to compare hues by, without an arc tangent.</summary>
    internal Vector<float> Turn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Vector<float> way = Y / (Vector.Abs(X) + Vector.Abs(Y));
            return Vector.ConditionalSelect(
                Vector.LessThan(X, Vector<float>.Zero), new Vector<float>(2) - way, Vector.ConditionalSelect(Vector.LessThan(Y, Vector<float>.Zero), new Vector<float>(4) + way, way));
        }
    }

    /// <summary>The turn of a hue in degrees, 0..360.</summary>
    internal static float TurnOf(float degrees)
    {
        (float sin, float cos) = MathF.SinCos(degrees * (MathF.PI / 180));
        return new OklabColours(default, new Vector<float>(cos), new Vector<float>(sin)).Turn[0];
    }

    /// <summary>From linear light, 0..1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static OklabColours From(Vector<float> red, Vector<float> green, Vector<float> blue)
    {
        Vector<float> l = CubeRoot((0.4122214708f * red) + (0.5363325363f * green) + (0.0514459929f * blue));
        Vector<float> m = CubeRoot((0.2119034982f * red) + (0.6806995451f * green) + (0.1073969566f * blue));
        Vector<float> s = CubeRoot((0.0883024619f * red) + (0.2817188376f * green) + (0.6299787005f * blue));
        return new OklabColours(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    // A third of the exponent for a start (off by 3 % at most), then two steps of Halley, each of which leaves about the cube of the error: as exact as a float can be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
