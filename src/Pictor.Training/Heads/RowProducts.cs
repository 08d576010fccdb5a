using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.Training.Heads;

/// <summary>
/// The two products that fitting a linear layer consists of. Rows are taken two (or four) by four classes, so that each number loaded
/// is used several times; sums run in a fixed order, so equal input gives equal bits.
/// </summary>
internal static class RowProducts
{
    private const int Lanes = 16;

    /// <summary>scores[r, c] = rows[r] . weights[c] + bias[c].</summary>
    /// <param name="rows">[n, length].</param>
    /// <param name="weights">[classes, length].</param>
    /// <param name="bias">[classes].</param>
    /// <param name="length">Of a row.</param>
    /// <param name="scores">[n, classes].</param>
    public static void Scores(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int length, Span<float> scores)
    {
        int classes = bias.Length, count = rows.Length / length;
        Span<float> tile = stackalloc float[8];
        for (int r = 0; r < count; r += 2)
        {
            int height = Math.Min(2, count - r);
            for (int c = 0; c < classes; c += 4)
            {
                // At the edges the last row or class is computed twice, and stored once.
                int width = Math.Min(4, classes - c);
                Tile(rows, r * length, Math.Min(r + 1, count - 1) * length, weights, c, Math.Min(c + 1, classes - 1), Math.Min(c + 2, classes - 1), Math.Min(c + 3, classes - 1), length, tile);
                for (int i = 0; i < height; i++)
                {
                    for (int j = 0; j < width; j++)
                        scores[((r + i) * classes) + c + j] = tile[(i * 4) + j] + bias[c + j];
                }
            }
        }
    }

    /// <summary>gradient[c] += sum over r of residuals[r, c] * rows[r].</summary>
    /// <param name="rows">[n, length].</param>
    /// <param name="residuals">[n, classes].</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="length">Of a row.</param>
    /// <param name="gradient">[classes, length].</param>
    public static void Accumulate(ReadOnlySpan<float> rows, ReadOnlySpan<float> residuals, int classes, int length, Span<float> gradient)
    {
        int count = rows.Length / length;
        for (int r = 0; r < count; r += 4)
        {
            int height = Math.Min(4, count - r);
            for (int c = 0; c < classes; c++)
            {
                float a0 = residuals[(r * classes) + c];
                float a1 = height > 1 ? residuals[((r + 1) * classes) + c] : 0;
                float a2 = height > 2 ? residuals[((r + 2) * classes) + c] : 0;
                float a3 = height > 3 ? residuals[((r + 3) * classes) + c] : 0;
                AddFour(
                    rows.Slice(r * length, length), rows.Slice(Math.Min(r + 1, count - 1) * length, length), rows.Slice(Math.Min(r + 2, count - 1) * length, length),
                    rows.Slice(Math.Min(r + 3, count - 1) * length, length), a0, a1, a2, a3, gradient.Slice(c * length, length));
            }
        }
    }

    private static void Tile(ReadOnlySpan<float> rows, int r0, int r1, ReadOnlySpan<float> weights, int c0, int c1, int c2, int c3, int length, Span<float> tile)
    {
        ref float x0 = ref MemoryMarshal.GetReference(rows.Slice(r0, length));
        ref float x1 = ref MemoryMarshal.GetReference(rows.Slice(r1, length));
        ref float w0 = ref MemoryMarshal.GetReference(weights.Slice(c0 * length, length));
        ref float w1 = ref MemoryMarshal.GetReference(weights.Slice(c1 * length, length));
        ref float w2 = ref MemoryMarshal.GetReference(weights.Slice(c2 * length, length));
        ref float w3 = ref MemoryMarshal.GetReference(weights.Slice(c3 * length, length));
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            var a = Vector512.LoadUnsafe(ref x0, (nuint)i);
            var b = Vector512.LoadUnsafe(ref x1, (nuint)i);
            var v = Vector512.LoadUnsafe(ref w0, (nuint)i);
            s00 = Vector512.MultiplyAddEstimate(a, v, s00);
            s10 = Vector512.MultiplyAddEstimate(b, v, s10);
            v = Vector512.LoadUnsafe(ref w1, (nuint)i);
            s01 = Vector512.MultiplyAddEstimate(a, v, s01);
            s11 = Vector512.MultiplyAddEstimate(b, v, s11);
            v = Vector512.LoadUnsafe(ref w2, (nuint)i);
            s02 = Vector512.MultiplyAddEstimate(a, v, s02);
            s12 = Vector512.MultiplyAddEstimate(b, v, s12);
            v = Vector512.LoadUnsafe(ref w3, (nuint)i);
            s03 = Vector512.MultiplyAddEstimate(a, v, s03);
            s13 = Vector512.MultiplyAddEstimate(b, v, s13);
        }

        (tile[0], tile[1], tile[2], tile[3]) = (Vector512.Sum(s00), Vector512.Sum(s01), Vector512.Sum(s02), Vector512.Sum(s03));
        (tile[4], tile[5], tile[6], tile[7]) = (Vector512.Sum(s10), Vector512.Sum(s11), Vector512.Sum(s12), Vector512.Sum(s13));
        for (; i < length; i++)
        {
            float a = rows[r0 + i], b = rows[r1 + i];
            (float v0, float v1, float v2, float v3) = (weights[(c0 * length) + i], weights[(c1 * length) + i], weights[(c2 * length) + i], weights[(c3 * length) + i]);
            (tile[0], tile[1], tile[2], tile[3]) = (tile[0] + (a * v0), tile[1] + (a * v1), tile[2] + (a * v2), tile[3] + (a * v3));
            (tile[4], tile[5], tile[6], tile[7]) = (tile[4] + (b * v0), tile[5] + (b * v1), tile[6] + (b * v2), tile[7] + (b * v3));
        }
    }

    private static void AddFour(ReadOnlySpan<float> x0, ReadOnlySpan<float> x1, ReadOnlySpan<float> x2, ReadOnlySpan<float> x3, float a0, float a1, float a2, float a3, Span<float> sum)
    {
        ref float p0 = ref MemoryMarshal.GetReference(x0);
        ref float p1 = ref MemoryMarshal.GetReference(x1);
        ref float p2 = ref MemoryMarshal.GetReference(x2);
        ref float p3 = ref MemoryMarshal.GetReference(x3);
        ref float to = ref MemoryMarshal.GetReference(sum);
        Vector512<float> v0 = Vector512.Create(a0), v1 = Vector512.Create(a1), v2 = Vector512.Create(a2), v3 = Vector512.Create(a3);
        int i = 0;
        for (; i <= sum.Length - Lanes; i += Lanes)
        {
            var s = Vector512.LoadUnsafe(ref to, (nuint)i);
            s = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref p0, (nuint)i), v0, s);
            s = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref p1, (nuint)i), v1, s);
            s = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref p2, (nuint)i), v2, s);
            s = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref p3, (nuint)i), v3, s);
            s.StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < sum.Length; i++)
            sum[i] += (x0[i] * a0) + (x1[i] * a1) + (x2[i] * a2) + (x3[i] * a3);
    }
}
