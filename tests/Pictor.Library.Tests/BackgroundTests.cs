using System.Numerics.Tensors;
using Pictor.Library.Finding;
using Pictor.VectorSearch;

namespace Pictor.Library.Tests;

public sealed class BackgroundTests
{
    [Fact]
    public void IsForeign_VectorOffAllClusters_IsTold()
    {
        var random = new Random(5);
        using FlatIndex index = Clusters(random, 400);
        var background = new Background(index, 400);

        for (int i = 0; i < 100; i++)
            Assert.False(background.IsForeign(Best(index, Near(random, i % 4))), $"query {i}");
        float[] odd = new float[16];
        odd[9] = 1;
        Assert.True(background.IsForeign(Best(index, odd)));
        Assert.True(background.IsForeign(Best(index, odd))); // from what it remembers
    }

    [Fact]
    public void Cut_ForAClusterOfFour_KeepsTheClusterAndLittleElse()
    {
        var random = new Random(6);
        using FlatIndex index = Clusters(random, 400);
        var background = new Background(index, 400);
        float[] query = Near(random, 2);

        double cut = background.Cut(query);

        int[] kept = [.. index.Search(query, 400).Where(n => n.Score >= cut).Select(n => (int)n.Id)];
        Assert.InRange(kept.Length, 80, 110);
        Assert.All(kept.Take(80), id => Assert.Equal(2, id % 4));
    }

    [Fact]
    public void SmallLibrary_NothingIsForeignOrWeak()
    {
        using FlatIndex index = Clusters(new Random(7), Background.SmallLibrary - 1);
        var background = new Background(index, 400);
        float[] odd = new float[16];
        odd[9] = 1;

        Assert.False(background.IsForeign(Best(index, odd)));
        Assert.Equal(double.NegativeInfinity, background.Cut(odd));
    }

    private static FlatIndex Clusters(Random random, int count)
    {
        var index = new FlatIndex(16);
        for (int i = 1; i <= count; i++)
            index.Set(i, Near(random, i % 4));
        return index;
    }

    private static float[] Near(Random random, int axis)
    {
        float[] vector = new float[16];
        for (int i = 0; i < 8; i++)
            vector[i] = (float)(random.NextDouble() - 0.5) * 0.3f;
        vector[axis] += 1;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private static double Best(FlatIndex index, float[] query) => index.Search(query, 1)[0].Score;
}
