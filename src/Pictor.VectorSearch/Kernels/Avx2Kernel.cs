using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pictor.VectorSearch.Kernels;

/// <summary>32 codes an instruction. Four rows share each load of the query.</summary>
internal sealed unsafe class Avx2Kernel : IScanKernel
{
    public static bool IsSupported => Avx2.IsSupported;

    public static void Dot4(byte* rows, nint stride, short* query, int length, int* sums)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        Vector256<ushort> low = Vector256.Create((ushort)0xFF);
        for (int i = 0; i < length; i += 32)
        {
            // The second half of 64 codes finds its query codes 16 further on.
            short* place = query + (i & ~63) + ((i & 32) >> 1);
            Vector256<short> even = Vector256.Load(place), odd = Vector256.Load(place + 32);
            byte* codes = rows + i;
            a += Products(codes, low, even, odd);
            b += Products(codes + stride, low, even, odd);
            c += Products(codes + (2 * stride), low, even, odd);
            d += Products(codes + (3 * stride), low, even, odd);
        }

        Vector256<int> all = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        (all.GetLower() + all.GetUpper()).Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(byte* codes, Vector256<ushort> low, Vector256<short> even, Vector256<short> odd)
    {
        Vector256<ushort> words = Vector256.Load((ushort*)codes);
        return Avx2.MultiplyAddAdjacent((words & low).AsInt16(), even) + Avx2.MultiplyAddAdjacent((words >>> 8).AsInt16(), odd);
    }
}
