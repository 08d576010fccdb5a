using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pictor.VectorSearch.Kernels;

/// <summary>64 codes an instruction. Four rows share each load of the query.</summary>
internal sealed unsafe class Avx512Kernel : IScanKernel
{
    public static bool IsSupported => Avx512BW.IsSupported;

    [SkipLocalsInit]
    public static void Dot4(byte* rows, nint stride, short* query, int length, int* sums)
    {
        Vector512<int> a = default, b = default, c = default, d = default;
        Vector512<ushort> low = Vector512.Create((ushort)0xFF);
        for (int i = 0; i < length; i += 64)
        {
            Vector512<short> even = Vector512.Load(query + i), odd = Vector512.Load(query + i + 32);
            byte* codes = rows + i;
            a += Products(codes, low, even, odd);
            b += Products(codes + stride, low, even, odd);
            c += Products(codes + (2 * stride), low, even, odd);
            d += Products(codes + (3 * stride), low, even, odd);
        }

        Vector256<int> ab = Avx2.HorizontalAdd(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper());
        Vector256<int> cd = Avx2.HorizontalAdd(c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        Vector256<int> all = Avx2.HorizontalAdd(ab, cd);
        (all.GetLower() + all.GetUpper()).Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Products(byte* codes, Vector512<ushort> low, Vector512<short> even, Vector512<short> odd)
    {
        Vector512<ushort> words = Vector512.Load((ushort*)codes);
        return Avx512BW.MultiplyAddAdjacent((words & low).AsInt16(), even) + Avx512BW.MultiplyAddAdjacent((words >>> 8).AsInt16(), odd);
    }
}
