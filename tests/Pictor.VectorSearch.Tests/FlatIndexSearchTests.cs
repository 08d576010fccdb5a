using CsCheck;
using Pictor.VectorSearch.Kernels;

namespace Pictor.VectorSearch.Tests;

public sealed class FlatIndexSearchTests
{
    private static readonly KernelKind[] Kernels = [.. Enum.GetValues<KernelKind>().Where(KernelChoice.Has)];
    private static readonly Gen<int> Seed = Gen.Int[0, int.MaxValue];

    public static TheoryData<Lie> Lies => [.. Enum.GetValues<Lie>()];

    [Theory]
    [MemberData(nameof(Lies))]
    public void Search_AnyData_EqualsBruteForce(Lie lie) =>
        Gen.Select(Seed, Gen.Int[1, 200], Gen.Int[1, 300]).Sample((seed, dimensions, count) =>
        {
            var random = new Random(seed);
            float[][] vectors = VectorData.Make(lie, count, dimensions, random);
            var rows = vectors.Select((v, i) => KeyValuePair.Create((long)i, v)).ToList();
            float[] query = random.Next(2) == 0 ? vectors[random.Next(count)] : VectorData.Make(lie, 1, dimensions, random)[0];
            int most = random.Next(count + 5);
            Func<long, bool>? filter = random.Next(3) switch { 0 => null, 1 => id => id % 7 == 3, _ => id => id % 2 == 0 };
            Neighbour[] expected = BruteForce.Search(rows, query, most, filter);
            foreach (KernelKind kernel in Kernels)
            {
                using FlatIndex index = BruteForce.Index(vectors, kernel, 8 << random.Next(5));
                Assert.Equal(expected, index.Search(query, most, filter));
            }
        }, iter: 200);

    [Theory]
    [InlineData(Lie.Gaussian)]
    [InlineData(Lie.Clustered)]
    [InlineData(Lie.TinyMargins)]
    public void Search_ManyRows_EqualsBruteForce(Lie lie)
    {
        var random = new Random(20);
        float[][] vectors = VectorData.Make(lie, 20_000, 64, random);
        var rows = vectors.Select((v, i) => KeyValuePair.Create((long)i, v)).ToList();
        using FlatIndex index = BruteForce.Index(vectors, KernelChoice.Best, 4096);
        foreach (float[] query in VectorData.Make(lie, 5, 64, random))
            Assert.Equal(BruteForce.Search(rows, query, 50), index.Search(query, 50));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(8_192)]
    [InlineData(150_528)]
    [InlineData(1_000_000)]
    public void Search_LongVectors_EqualsBruteForce(int dimensions)
    {
        var random = new Random(dimensions);
        float[][] vectors = VectorData.Make(Lie.Clustered, dimensions > 500_000 ? 5 : 20, dimensions, random);
        var rows = vectors.Select((v, i) => KeyValuePair.Create((long)i, v)).ToList();
        foreach (KernelKind kernel in Kernels)
        {
            using FlatIndex index = BruteForce.Index(vectors, kernel);
            Assert.Equal(BruteForce.Search(rows, vectors[1], 4), index.Search(vectors[1], 4));
        }
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void Search_Scores_AreTheTrueInnerProductsButForRounding(Lie lie)
    {
        var random = new Random(5);
        float[][] vectors = VectorData.Make(lie, 500, 300, random);
        float[] query = VectorData.Normal(300, random);
        using FlatIndex index = BruteForce.Index(vectors, KernelChoice.Best);
        IReadOnlyList<Neighbour> hits = index.Search(query, 500);
        Assert.Equal(500, hits.Count);
        foreach (Neighbour hit in hits)
        {
            double scale = Math.Sqrt(BruteForce.TrueScore(vectors[hit.Id], vectors[hit.Id]) * BruteForce.TrueScore(query, query));
            Assert.Equal(BruteForce.TrueScore(vectors[hit.Id], query), hit.Score, 2e-6 * scale);
        }
    }

    [Fact]
    public void Search_EqualScores_ComeByAscendingId()
    {
        using var index = new FlatIndex(2);
        foreach (long id in new long[] { 5, -3, 9, 1, long.MaxValue, long.MinValue }) index.Set(id, [0.6f, 0.8f]);
        Assert.Equal([long.MinValue, -3, 1, 5], index.Search([1, 0], 4).Select(hit => hit.Id));
    }

    [Fact]
    public void Search_Filter_IsAskedAboutFewRows()
    {
        var random = new Random(3);
        float[][] vectors = VectorData.Make(Lie.Gaussian, 10_000, 128, random);
        using FlatIndex index = BruteForce.Index(vectors, KernelChoice.Best, 4096);
        int asked = 0;
        _ = index.Search(vectors[0], 10, id => { asked++; return id != 0; });
        Assert.InRange(asked, 10, 1500);
    }

    [Fact]
    public void Search_FilterThatPassesNothing_IsEmpty()
    {
        using FlatIndex index = BruteForce.Index(VectorData.Make(Lie.Gaussian, 100, 16, new Random(1)), KernelChoice.Best);
        Assert.Empty(index.Search(VectorData.Normal(16, new Random(2)), 10, _ => false));
    }

    [Fact]
    public void Search_FilterThatReadsTheIndex_Works()
    {
        using FlatIndex index = BruteForce.Index(VectorData.Make(Lie.Gaussian, 50, 16, new Random(1)), KernelChoice.Best);
        float[] query = VectorData.Normal(16, new Random(2));
        Assert.Equal(5, index.Search(query, 5, id => index.TryGet(id, new float[16]) && index.Search(query, 3).Count == 3).Count);
    }

    [Fact]
    public void Search_FilterThatThrows_LeavesTheIndexUsable()
    {
        using FlatIndex index = BruteForce.Index(VectorData.Make(Lie.Gaussian, 50, 16, new Random(1)), KernelChoice.Best);
        float[] query = VectorData.Normal(16, new Random(2));
        Assert.Throws<TimeoutException>(() => index.Search(query, 5, _ => throw new TimeoutException()));
        Assert.True(index.Remove(3));
        Assert.Equal(49, index.Search(query, 100).Count);
    }
}
