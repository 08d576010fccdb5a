using CsCheck;
using Pictor.VectorSearch.Kernels;

namespace Pictor.VectorSearch.Tests;

public sealed class FlatIndexChangeTests
{
    [Fact]
    public void SetAndRemove_AnySequence_BehavesLikeADictionary() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40], Gen.Int[1, 400]).Sample((seed, dimensions, steps) =>
        {
            var random = new Random(seed);
            var expected = new Dictionary<long, float[]>();
            using FlatIndex index = BruteForce.Index(dimensions, KernelChoice.Best);
            int ids = random.Next(1, 60);
            for (int step = 0; step < steps; step++)
            {
                long id = random.Next(ids) - 10;
                if (random.Next(5) < 3)
                {
                    expected[id] = VectorData.Normal(dimensions, random);
                    index.Set(id, expected[id]);
                }
                else
                {
                    Assert.Equal(expected.Remove(id), index.Remove(id));
                }

                if (step % 20 != 0) continue;
                float[] query = VectorData.Normal(dimensions, random), copy = new float[dimensions];
                Assert.Equal(expected.Count, index.Count);
                Assert.Equal(BruteForce.Search(expected, query, 12), index.Search(query, 12));
                Assert.Equal(expected.TryGetValue(id, out float[]? vector), index.TryGet(id, copy));
                if (vector is not null) Assert.Equal(vector, copy);
            }
        }, iter: 150);

    [Fact]
    public void Remove_Everything_LeavesAnEmptyIndexThatFillsAgain()
    {
        float[][] vectors = VectorData.Make(Lie.Gaussian, 100, 24, new Random(1));
        using FlatIndex index = BruteForce.Index(vectors, KernelChoice.Best);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 100; i++) Assert.True(index.Remove(i));
            Assert.False(index.Remove(5));
            Assert.Equal(0, index.Count);
            Assert.Empty(index.Search(vectors[0], 10));
            for (int i = 0; i < 100; i++) index.Set(i, vectors[i]);
            Assert.Equal(7, index.Search(vectors[7], 1)[0].Id);
        }
    }

    [Fact]
    public async Task Search_WhileOneWrites_SeesOneMoment()
    {
        var random = new Random(11);
        const int pairs = 40, dimensions = 32;
        float[][] vectors = VectorData.Make(Lie.Gaussian, pairs, dimensions, random);
        using FlatIndex index = BruteForce.Index(dimensions, KernelChoice.Best);
        for (int i = 0; i < pairs; i++) index.Set(i, vectors[i]);
        bool done = false;

        // The writer moves each vector between id i and id i + 1000, adding before removing: at every moment one of the two is there, or both.
        var writer = Task.Run(() =>
        {
            for (int turn = 0; turn < 400; turn++)
            {
                for (int i = 0; i < pairs; i++)
                {
                    int from = turn % 2 == 0 ? i : i + 1000;
                    index.Set(1000 + (2 * i) - from, vectors[i]);
                    Assert.True(index.Remove(from));
                }
            }

            Volatile.Write(ref done, true);
        });

        Task[] readers = [.. Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            float[] copy = new float[dimensions];
            for (int n = reader; !Volatile.Read(ref done) && !writer.IsFaulted; n++)
            {
                float[] query = vectors[n % pairs];
                IReadOnlyList<Neighbour> hits = index.Search(query, 2 * pairs);
                Assert.InRange(hits.Count, pairs, pairs + 1);
                Assert.Equal(pairs, hits.Select(hit => hit.Id % 1000).Distinct().Count());
                Assert.All(hits, hit => Assert.Equal(BruteForce.Score(vectors[hit.Id % 1000], query), hit.Score));
                if (index.TryGet(n % pairs, copy)) Assert.Equal(query, copy);
            }
        }))];
        await Task.WhenAll([writer, .. readers]);
    }

    [Fact]
    public async Task Dispose_WhileOthersSearch_EndsThemWithAnError()
    {
        float[][] vectors = VectorData.Make(Lie.Gaussian, 2000, 64, new Random(1));
        FlatIndex index = BruteForce.Index(vectors, KernelChoice.Best, 256);
        var search = Task.Run(() => { while (true) Assert.Equal(5, index.Search(vectors[0], 5).Count); }, TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => search.Status == TaskStatus.Running, 5000);
        index.Dispose();
        index.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => search);
        Assert.Throws<ObjectDisposedException>(() => index.Set(1, vectors[1]));
        Assert.Throws<ObjectDisposedException>(() => index.Count);
    }
}
