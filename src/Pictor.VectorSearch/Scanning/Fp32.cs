using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.VectorSearch.Scanning;

/// <summary>
/// The inner product that ranks: fp32, in one fixed order of additions and without fused operations, so that a score has the same bits on every processor.
/// Thirty-two running sums, number i going to sum i mod 32; then halves are added to halves.
/// </summary>
internal static class Fp32
{
    /// <summary>Roundings that a product passes through on its way to the sum, at most.</summary>
    public static int Depth(int dimensions) => (dimensions / 32) + 8;

    /// <summary>Inner product of two padded rows: equal lengths, multiples of 16.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        int length = Math.Min(a.Length, b.Length) & ~15;
        return Vector512.IsHardwareAccelerated ? Wide(ref x, ref y, length) : Vector256.IsHardwareAccelerated ? Half(ref x, ref y, length) : Narrow(ref x, ref y, length);
    }

    internal static float Wide(ref float x, ref float y, int length)
    {
        Vector512<float> even = default, odd = default;
        int i = 0;
        for (; i + 32 <= length; i += 32)
        {
            even += Vector512.LoadUnsafe(ref x, (nuint)i) * Vector512.LoadUnsafe(ref y, (nuint)i);
            odd += Vector512.LoadUnsafe(ref x, (nuint)i + 16) * Vector512.LoadUnsafe(ref y, (nuint)i + 16);
        }

        if (i < length) even += Vector512.LoadUnsafe(ref x, (nuint)i) * Vector512.LoadUnsafe(ref y, (nuint)i);
        Vector512<float> sum = even + odd;
        return Fold(sum.GetLower() + sum.GetUpper());
    }

    internal static float Half(ref float x, ref float y, int length)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        int i = 0;
        for (; i + 32 <= length; i += 32)
        {
            a += Product256(ref x, ref y, i);
            b += Product256(ref x, ref y, i + 8);
            c += Product256(ref x, ref y, i + 16);
            d += Product256(ref x, ref y, i + 24);
        }

        if (i < length)
        {
            a += Product256(ref x, ref y, i);
            b += Product256(ref x, ref y, i + 8);
        }

        return Fold((a + c) + (b + d));
    }

    internal static float Narrow(ref float x, ref float y, int length)
    {
        Vector128<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        int i = 0;
        for (; i + 32 <= length; i += 32)
        {
            a += Product128(ref x, ref y, i);
            b += Product128(ref x, ref y, i + 4);
            c += Product128(ref x, ref y, i + 8);
            d += Product128(ref x, ref y, i + 12);
            e += Product128(ref x, ref y, i + 16);
            f += Product128(ref x, ref y, i + 20);
            g += Product128(ref x, ref y, i + 24);
            h += Product128(ref x, ref y, i + 28);
        }

        if (i < length)
        {
            a += Product128(ref x, ref y, i);
            b += Product128(ref x, ref y, i + 4);
            c += Product128(ref x, ref y, i + 8);
            d += Product128(ref x, ref y, i + 12);
        }

        return Fold(((a + e) + (c + g)) + ((b + f) + (d + h)));
    }

    private static float Fold(Vector256<float> sum) => Fold(sum.GetLower() + sum.GetUpper());

    private static float Fold(Vector128<float> sum) => (sum[0] + sum[2]) + (sum[1] + sum[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Product256(ref float x, ref float y, int i) => Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Product128(ref float x, ref float y, int i) => Vector128.LoadUnsafe(ref x, (nuint)i) * Vector128.LoadUnsafe(ref y, (nuint)i);
}
