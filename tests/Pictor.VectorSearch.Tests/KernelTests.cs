using CsCheck;
using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Scanning;

namespace Pictor.VectorSearch.Tests;

public sealed unsafe class KernelTests
{
    public static TheoryData<string> Names => [.. Enum.GetNames<KernelKind>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Dot4_AnyCodes_EqualsScalar(string name)
    {
        KernelKind kind = Enum.Parse<KernelKind>(name);
        Assert.SkipUnless(KernelChoice.Has(kind), $"This processor has no {KernelChoice.Name(kind)}.");
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 64], Gen.Int[0, 2]).Sample((seed, blocks, extreme) =>
        {
            var random = new Random(seed);
            int length = blocks * 64, stride = length + (64 * random.Next(3));
            byte[] codes = new byte[4 * stride];
            short[] query = new short[length];
            random.NextBytes(codes);
            for (int i = 0; i < length; i++) query[i] = (short)random.Next(-QueryCodes.Largest, QueryCodes.Largest + 1);
            if (extreme > 0) Array.Fill(codes, (byte)255);
            if (extreme > 0) Array.Fill(query, (short)(extreme == 1 ? QueryCodes.Largest : -QueryCodes.Largest));
            return Sums<ScalarKernel>(codes, stride, query).SequenceEqual(Sums(kind, codes, stride, query));
        });
    }

    [Fact]
    public void Dot4_Scalar_IsTheSumOfProductsInPlainOrder()
    {
        var random = new Random(7);
        byte[] codes = new byte[4 * 192];
        short[] plain = new short[192], placed = new short[192];
        random.NextBytes(codes);
        for (int i = 0; i < plain.Length; i++) placed[IScanKernel.Place(i)] = plain[i] = (short)random.Next(-2047, 2048);
        int[] expected = [.. Enumerable.Range(0, 4).Select(row => plain.Select((q, i) => q * codes[(row * 192) + i]).Sum())];
        Assert.Equal(expected, Sums<ScalarKernel>(codes, 192, placed));
    }

    [Fact]
    public void Best_HereAndNow_IsSupportedAndFirst()
    {
        Assert.True(KernelChoice.Has(KernelChoice.Best));
        Assert.DoesNotContain(Enum.GetValues<KernelKind>(), kind => kind < KernelChoice.Best && KernelChoice.Has(kind));
    }

    [Fact]
    public void Dot_AnyWidth_HasTheSameBits() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 700]).Sample((seed, dimensions) =>
        {
            var random = new Random(seed);
            int padded = (dimensions + 15) & ~15;
            float[] a = VectorData.Normal(dimensions, random), b = VectorData.Normal(dimensions, random);
            float expected = BruteForce.Score(a, b);
            Array.Resize(ref a, padded);
            Array.Resize(ref b, padded);
            float[] scores = [Fp32.Dot(a, b), Fp32.Wide(ref a[0], ref b[0], padded), Fp32.Half(ref a[0], ref b[0], padded), Fp32.Narrow(ref a[0], ref b[0], padded)];
            return scores.All(score => BitConverter.SingleToInt32Bits(score) == BitConverter.SingleToInt32Bits(expected));
        });

    private static int[] Sums(KernelKind kind, byte[] codes, int stride, short[] query) => kind switch
    {
        KernelKind.Avx512 => Sums<Avx512Kernel>(codes, stride, query),
        KernelKind.AvxVnni => Sums<AvxVnniKernel>(codes, stride, query),
        KernelKind.Avx2 => Sums<Avx2Kernel>(codes, stride, query),
        KernelKind.AdvSimd => Sums<AdvSimdKernel>(codes, stride, query),
        _ => Sums<ScalarKernel>(codes, stride, query),
    };

    private static int[] Sums<TKernel>(byte[] codes, int stride, short[] query)
        where TKernel : IScanKernel
    {
        int[] sums = new int[4];
        fixed (byte* rows = codes)
        fixed (short* q = query)
        fixed (int* result = sums)
            TKernel.Dot4(rows, stride, q, query.Length, result);
        return sums;
    }
}
