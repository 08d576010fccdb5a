using System.Buffers;
using System.Numerics.Tensors;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Scanning;

/// <summary>
/// A row as signed bytes with a step of its own, and how far the bytes are from the row at most. The distance is what makes search exact
/// (<see cref="ExactScan"/>), so it is rounded up wherever fp32 arithmetic could have made it too small.
/// </summary>
internal static unsafe class RowCodes
{
    /// <summary>Codes are stored unsigned, this much above the signed value: kernels then split them with one mask and one shift.</summary>
    public const int Offset = 127;

    /// <summary>Half a unit in the last place of 1: what one fp32 operation may be off.</summary>
    public const double Unit = 1.0 / (1 << 24);

    private const double RoundUp = 1 + (16 * Unit);

    /// <summary>Writes codes and bounds of a row.</summary>
    public static void Write(ReadOnlySpan<float> vector, RowChunk chunk, int row)
    {
        int length = vector.Length;
        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        float scale = largest / Offset;
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Span<float> steps = rented.AsSpan(0, length);
            TensorPrimitives.Multiply(vector, Offset / largest, steps);
            TensorPrimitives.Round(steps, steps);

            Span<byte> codes = chunk.CodesOf(row);
            for (int i = 0; i < length; i++) codes[i] = (byte)((int)steps[i] + Offset);
            codes[length..].Clear();

            TensorPrimitives.Multiply(steps, -scale, steps);
            TensorPrimitives.Add(steps, vector, steps);
            double distance = TensorPrimitives.Norm<float>(steps);
            double norm = TensorPrimitives.Norm(vector);

            // Any order of n additions is off by n units at most, relative to a sum of squares; each difference by about one unit of the largest number.
            double sums = 1 + ((length + 8) * Unit);
            double error = (distance * sums) + (1.1 * Unit * Math.Sqrt(length) * largest);
            chunk.Scales[row] = scale;
            chunk.Errors[row] = (float)(error * RoundUp);
            chunk.Norms[row] = (float)(((norm * sums) + error) * RoundUp);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
