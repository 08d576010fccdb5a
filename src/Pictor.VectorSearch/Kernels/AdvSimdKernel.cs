using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Pictor.VectorSearch.Kernels;

/// <summary>16 codes an instruction, on Arm.</summary>
internal sealed unsafe class AdvSimdKernel : IScanKernel
{
    public static bool IsSupported => AdvSimd.IsSupported;

    public static void Dot4(byte* rows, nint stride, short* query, int length, int* sums)
    {
        Vector128<int> a = default, b = default, c = default, d = default;
        for (int i = 0; i < length; i += 16)
        {
            // Quarters of 64 codes find their query codes 8 further on each.
            short* place = query + (i & ~63) + ((i & 48) >> 1);
            Vector128<short> even = Vector128.Load(place), odd = Vector128.Load(place + 32);
            byte* codes = rows + i;
            a = Add(a, codes, even, odd);
            b = Add(b, codes + stride, even, odd);
            c = Add(c, codes + (2 * stride), even, odd);
            d = Add(d, codes + (3 * stride), even, odd);
        }

        sums[0] = Vector128.Sum(a);
        sums[1] = Vector128.Sum(b);
        sums[2] = Vector128.Sum(c);
        sums[3] = Vector128.Sum(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Add(Vector128<int> sum, byte* codes, Vector128<short> even, Vector128<short> odd)
    {
        Vector128<ushort> words = Vector128.Load((ushort*)codes);
        Vector128<short> low = (words & Vector128.Create((ushort)0xFF)).AsInt16(), high = (words >>> 8).AsInt16();
        sum = AdvSimd.MultiplyWideningLowerAndAdd(sum, low.GetLower(), even.GetLower());
        sum = AdvSimd.MultiplyWideningUpperAndAdd(sum, low, even);
        sum = AdvSimd.MultiplyWideningLowerAndAdd(sum, high.GetLower(), odd.GetLower());
        return AdvSimd.MultiplyWideningUpperAndAdd(sum, high, odd);
    }
}
