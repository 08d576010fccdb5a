using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>Writes codes and bounds of a row that is already in its place.</summary>
    public static void Write(RowChunk chunk, int row, int length)
    {
        ReadOnlySpan<float> vector = chunk.RowOf(row);
        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        float scale = largest / Offset;
        float[] rented = ArrayPool<float>.Shared.Rent(vector.Length);
        try
        {
            Span<float> steps = rented.AsSpan(0, vector.Length);
            TensorPrimitives.Multiply(vector, Offset / largest, steps);
            TensorPrimitives.Round(steps, steps);
            Store(steps, chunk.CodesOf(row));

            TensorPrimitives.Multiply(steps, -scale, steps);
            TensorPrimitives.Add(steps, vector, steps);
            double distance = TensorPrimitives.Norm<float>(steps);
            double norm = TensorPrimitives.Norm(vector);

            // Any order of n additions is off by n units at most, relative to a sum of squares; each difference by about one unit of the largest number.
            double sums = 1 + ((vector.Length + 8) * Unit);
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

    /// <summary>Whole steps of -127..127 as bytes. What pads a row meets zeros in the query, so its codes may be anything.</summary>
    private static void Store(ReadOnlySpan<float> steps, Span<byte> codes)
    {
        ref float source = ref MemoryMarshal.GetReference(steps);
        ref byte target = ref MemoryMarshal.GetReference(codes);
        for (nuint i = 0; i < (nuint)steps.Length; i += 16)
        {
            Vector128<short> low = Vector128.Narrow(Code(ref source, i), Code(ref source, i + 4));
            Vector128<short> high = Vector128.Narrow(Code(ref source, i + 8), Code(ref source, i + 12));
            Vector128.Narrow(low.AsUInt16(), high.AsUInt16()).StoreUnsafe(ref target, i);
        }

        codes[steps.Length..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Code(ref float steps, nuint i) => Vector128.ConvertToInt32(Vector128.LoadUnsafe(ref steps, i)) + Vector128.Create(Offset);
}
