using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pictor.VectorSearch.Kernels;

/// <summary>As AVX2, with multiplication and addition in one instruction; for processors that have it but no AVX-512.</summary>
internal sealed unsafe class AvxVnniKernel : IScanKernel
{
    public static bool IsSupported => AvxVnni.IsSupported && Avx2.IsSupported;

    public static void Dot4(byte* rows, nint stride, short* query, int length, int* sums)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        Vector256<ushort> low = Vector256.Create((ushort)0xFF);
        for (int i = 0; i < length; i += 32)
        {
            short* place = query + (i & ~63) + ((i & 32) >> 1);
            Vector256<short> even = Vector256.Load(place), odd = Vector256.Load(place + 32);
            byte* codes = rows + i;
            a = Add(a, codes, low, even, odd);
            b = Add(b, codes + stride, low, even, odd);
            c = Add(c, codes + (2 * stride), low, even, odd);
            d = Add(d, codes + (3 * stride), low, even, odd);
        }

        Vector256<int> all = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        (all.GetLower() + all.GetUpper()).Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> sum, byte* codes, Vector256<ushort> low, Vector256<short> even, Vector256<short> odd)
    {
        Vector256<ushort> words = Vector256.Load((ushort*)codes);
        sum = AvxVnni.MultiplyWideningAndAdd(sum, (words & low).AsInt16(), even);
        return AvxVnni.MultiplyWideningAndAdd(sum, (words >>> 8).AsInt16(), odd);
    }
}
