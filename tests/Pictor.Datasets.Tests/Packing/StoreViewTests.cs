using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class StoreViewTests
{
    private static readonly PictureShape s_shape = new(3, 12, 10);

    [Fact]
    public async Task BuildAsync_OfSeveralClassesAndNumbers_CarriesThem()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.MultiLabel, 4, [MadeData.Multi(0, 1, 3), MadeData.Multi(1), MadeData.Multi(2, 0)]);
        Assert.Equal((DatasetTask.MultiLabel, 4), (store.Task, store.ClassCount));
        Assert.Equal([1, 3], store.ClassesOf(0).ToArray());
        Assert.Empty(store.ClassesOf(1).ToArray());
        Assert.Equal([1, -1, 0], store.Classes);
        Assert.True(float.IsNaN(store.NumberOf(0)));

        PackedStore view = store.Subset([2, 0]);
        Assert.Equal([0], view.ClassesOf(0).ToArray());
        Assert.Equal([1, 3], view.ClassesOf(1).ToArray());

        using PackedStore numbers = await MadeData.StoreAsync(s_shape, DatasetTask.Numeric, 1, [new Sample(0, "a", -1, null, "a") { Target = 2.5 }, new Sample(1, "b", -1, null, "b") { Target = -4 }]);
        Assert.Equal([2.5f, -4f], [numbers.NumberOf(0), numbers.NumberOf(1)]);
        Assert.Equal([-4f], [numbers.Subset([1]).NumberOf(0)]);
    }

    [Fact]
    public async Task Subset_OfPositions_IsAViewThatLeavesTheStoreAlone()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 2, MadeData.Single(5, 5));
        PackedStore view = store.Subset([9, 0, 9]);
        Assert.Equal([9, 0, 9], view.Samples);
        Assert.Equal([1, 0, 1], view.Classes);
        Assert.True(view.Planes(0) == store.Planes(9));
        view.Dispose();
        Assert.Equal(Noise.Picture(9, s_shape).Length, store.Planes(9).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Subset([10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Subset([-1]));
        Assert.Equal(0, store.Subset([]).Count);
    }

    [Fact]
    public async Task AtMostPerClass_OfGrowingCounts_AreNestedAndBounded()
    {
        using PackedStore single = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 4, MadeData.Single(3, 0, 20, 11));
        Sample[] several = [.. Enumerable.Range(0, 40).Select(i => MadeData.Multi(i, [.. Enumerable.Range(0, 4).Where(c => (i * 7 % 16 & (1 << c)) != 0)]))];
        using PackedStore multi = await MadeData.StoreAsync(s_shape, DatasetTask.MultiLabel, 4, several);
        foreach (PackedStore store in new[] { single, multi })
        {
            IReadOnlyList<int> before = [];
            for (int count = 1; count <= 20; count++)
            {
                PackedStore part = store.AtMostPerClass(count, 5);
                Assert.Equal(part.Samples.Order(), part.Samples);
                Assert.Empty(before.Except(part.Samples));
                Assert.All(Enumerable.Range(0, 4), c => Assert.True(Enumerable.Range(0, part.Count).Count(p => part.ClassesOf(p).Contains(c)) <= count));
                Assert.Equal(part.Samples, store.AtMostPerClass(count, 5).Samples);
                before = part.Samples;
            }
        }

        Assert.Equal([2, 2, 2], single.AtMostPerClass(2, 1).Classes.GroupBy(c => c).Select(g => g.Count()));
        Assert.NotEqual(single.AtMostPerClass(2, 1).Samples, single.AtMostPerClass(2, 2).Samples);
        Assert.Equal(single.Count, single.AtMostPerClass(20, 1).Count);
    }

    [Theory]
    [InlineData(6, 5)]
    [InlineData(17, 19)]
    [InlineData(1, 1)]
    [InlineData(12, 7)]
    [InlineData(30, 10)]
    [InlineData(12, 10)]
    public async Task Resized_ToAnySize_IsTheResizerOfImaging(int height, int width)
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 2, MadeData.Single(3, 3), budget: 100);
        PackedStore part = store.Subset([4, 1]);
        using PackedStore resized = part.Resized(height, width);
        Assert.Equal(new PictureShape(3, height, width), resized.Shape);
        Assert.Equal(part.Samples, resized.Samples);
        Assert.Equal(part.Classes, resized.Classes);
        for (int p = 0; p < 2; p++)
        {
            byte[] interleaved = [.. Enumerable.Range(0, 360).Select(i => part.Planes(p)[(i % 3 * 120) + (i / 3)])];
            Pixels expected = Resizer.Resize(new Pixels(10, 12, 3, interleaved), width, height, ResizeFilter.Bicubic);
            for (int i = 0; i < resized.Shape.Length; i++)
                Assert.Equal(expected.Data[(i % (height * width) * 3) + (i / (height * width))], resized.Planes(p)[i]);
        }

        var source = new BatchSource(resized, MadeData.Plain(resized.Shape), null, 2, 1);
        source.Fill([0, 1], 1, new float[2 * resized.Shape.Length], new long[2]);
    }

    [Fact]
    public async Task Resized_Cancelled_Stops()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 1, MadeData.Single(3));
        Assert.ThrowsAny<OperationCanceledException>(() => store.Resized(5, 5, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Resized(0, 5));
    }

    [Fact]
    public async Task Order_Balanced_ShowsAllClassesAsOften()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 4, MadeData.Single(500, 0, 80, 20));
        var source = new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { Sampling = Sampling.Balanced });
        int[] drawn = [.. Enumerable.Range(1, 20).SelectMany(source.Order)];
        Assert.Equal(20 * 600, drawn.Length);
        Assert.Equal(source.Order(3), new BatchSource(store, MadeData.Plain(s_shape), 99, 3, new BatchSourceOptions { Sampling = Sampling.Balanced }).Order(3));
        Assert.NotEqual(source.Order(3), source.Order(4));
        Assert.All((int[])[0, 2, 3], c => Assert.InRange(drawn.Count(p => store.Classes[p] == c), 3750, 4250));
        Assert.Equal(600, drawn.Distinct().Count());
    }

    [Fact]
    public async Task Constructor_OfWhatDoesNotFit_Throws()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.Numeric, 1, [new Sample(0, "a", -1, null, "a") { Target = 1 }, new Sample(1, "b", -1, null, "b") { Target = 1 }]);
        Assert.Throws<ArgumentException>(() => new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { Sampling = Sampling.Balanced }));
        Assert.Throws<ArgumentException>(() => new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { SoftTargets = new float[3] }));
        Assert.Throws<InvalidOperationException>(() => new BatchSource(store, MadeData.Plain(s_shape), null, 8, 3).FillSoftTargets([0], 1, new float[2]));
    }
}
