namespace Pictor.VectorSearch.Kernels;

/// <summary>
/// Sums of products of unsigned byte codes and signed 12-bit query codes. Of 64 codes the query's even ones come first, then the odd ones: a kernel loads
/// codes as 16-bit words, takes the low byte with a mask and the high one with a shift, and multiplies each by neighbours in the query; no lane crosses.
/// Integer sums have no order, so all kernels give the same bits.
/// </summary>
internal unsafe interface IScanKernel
{
    /// <summary>Codes that one call may sum up at most: 255 * 2047 * 4096 fits into 32 bits.</summary>
    const int Block = 4096;

    /// <summary>Whether this processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Sums for four neighbouring rows.</summary>
    /// <param name="rows">Codes of the first row; 64-byte aligned.</param>
    /// <param name="stride">Bytes to the next row.</param>
    /// <param name="query">[length] in kernel order.</param>
    /// <param name="length">A multiple of 64, at most <see cref="Block"/>.</param>
    /// <param name="sums">[4].</param>
    static abstract void Dot4(byte* rows, nint stride, short* query, int length, int* sums);

    /// <summary>Where the query's number i is put.</summary>
    static int Place(int i) => (i & ~63) + ((i & 1) * 32) + ((i & 63) >> 1);
}

/// <summary>The kernels, best first.</summary>
internal enum KernelKind
{
    Avx512,
    AvxVnni,
    Avx2,
    AdvSimd,
    Scalar,
}

internal static class KernelChoice
{
    /// <summary>The best that this processor has.</summary>
    public static KernelKind Best { get; } = Enum.GetValues<KernelKind>().First(Has);

    /// <summary>Whether this processor can run a kernel.</summary>
    public static bool Has(KernelKind kind) => kind switch
    {
        KernelKind.Avx512 => Avx512Kernel.IsSupported,
        KernelKind.AvxVnni => AvxVnniKernel.IsSupported,
        KernelKind.Avx2 => Avx2Kernel.IsSupported,
        KernelKind.AdvSimd => AdvSimdKernel.IsSupported,
        _ => ScalarKernel.IsSupported,
    };

    /// <summary>What people call it.</summary>
    public static string Name(KernelKind kind) => kind switch
    {
        KernelKind.Avx512 => "AVX-512",
        KernelKind.AvxVnni => "AVX-VNNI",
        KernelKind.Avx2 => "AVX2",
        KernelKind.AdvSimd => "AdvSimd",
        _ => "scalar",
    };
}
