using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class PackedStoreTests : IDisposable
{
    private static readonly Preprocessing s_small = new(new PictureShape(3, 5, 6), ResizePolicy.Stretch, [0.5f, 0.4f, 0.3f], [0.2f, 0.3f, 0.4f]);
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private Task<Dataset> ThirtyAsync()
    {
        for (int i = 0; i < 30; i++)
            _temp.Write($"{i % 3}/{i:00}.png", i == 9 ? TempFolder.Png(i)[..70] : TempFolder.Png(i));
        return _temp.OpenAsync();
    }

    [Fact]
    public async Task BuildAsync_OneDamaged_IsLeftOutAndNamed()
    {
        using Dataset data = await ThirtyAsync();
        int[] order = [.. Enumerable.Range(0, 30).Reverse()];
        using PackedStore store = await PackedStore.BuildAsync(data, order, s_small);

        Assert.Equal(29, store.Count);
        Assert.EndsWith("09.png", Assert.Single(store.Skipped).File, StringComparison.Ordinal);
        Assert.Equal(order.Where(i => i != data.Samples.Single(s => s.File.EndsWith("09.png", StringComparison.Ordinal)).Index), store.Samples);
        for (int p = 0; p < store.Count; p++)
        {
            Pixels pixels = data.Read(data.Samples[store.Samples[p]]);
            Assert.Equal(data.Samples[store.Samples[p]].Class, store.Classes[p]);
            Assert.Equal(Enumerable.Range(0, 90).Select(i => pixels.Data[(i % 30 * 3) + (i / 30)]), store.Planes(p).ToArray());
        }
    }

    [Fact]
    public async Task BuildAsync_BeyondTheBudget_HoldsTheSameInAFile()
    {
        using Dataset data = await ThirtyAsync();
        int[] all = [.. Enumerable.Range(0, 30)];
        using PackedStore memory = await PackedStore.BuildAsync(data, all, s_small);
        using PackedStore mapped = await PackedStore.BuildAsync(data, all, s_small, memoryBudget: 100);

        Assert.Equal(memory.Samples, mapped.Samples);
        for (int p = 0; p < memory.Count; p++)
            Assert.Equal(memory.Planes(p).ToArray(), mapped.Planes(p).ToArray());
        Assert.Equal(memory.Statistics().Std, mapped.Statistics().Std);
    }

    [Fact]
    public async Task Statistics_OfSmallPictures_EqualThePlainFormula()
    {
        using Dataset data = await ThirtyAsync();
        using PackedStore store = await PackedStore.BuildAsync(data, [.. Enumerable.Range(0, 30)], s_small);
        (float[] mean, float[] std) = store.Statistics();

        for (int c = 0; c < 3; c++)
        {
            double[] values = [.. Enumerable.Range(0, store.Count).SelectMany(p => store.Planes(p).Slice(c * 30, 30).ToArray()).Select(v => v / 255.0)];
            Assert.Equal(values.Average(), mean[c], 1e-6);
            Assert.Equal(Math.Sqrt(values.Average(v => v * v) - (values.Average() * values.Average())), std[c], 1e-6);
        }
    }

    [Fact]
    public async Task BuildAsync_Empty_IsAnEmptyStore()
    {
        using Dataset data = await ThirtyAsync();
        using PackedStore store = await PackedStore.BuildAsync(data, [], s_small, memoryBudget: -1);

        Assert.Equal(0, store.Count);
        Assert.Equal([0f, 0f, 0f], store.Statistics().Mean);
        Assert.Equal(0, new BatchSource(store, s_small, null, 8, 1).BatchesPerEpoch);
    }

    [Fact]
    public async Task BuildAsync_Cancelled_Stops()
    {
        using Dataset data = await ThirtyAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PackedStore.BuildAsync(data, [.. Enumerable.Range(0, 30)], s_small, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Order_OfEveryEpoch_IsAPermutationOfItsOwn()
    {
        using Dataset data = await ThirtyAsync();
        using PackedStore store = await PackedStore.BuildAsync(data, [.. Enumerable.Range(0, 30)], s_small);
        var source = new BatchSource(store, s_small, null, 8, 42);

        Assert.Equal(4, source.BatchesPerEpoch);
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            Assert.Equal(Enumerable.Range(0, 29), source.Order(epoch).Order());
            Assert.Equal(source.Order(epoch), new BatchSource(store, s_small, null, 3, 42).Order(epoch));
            Assert.NotEqual(source.Order(epoch), source.Order(epoch + 1));
            Assert.NotEqual(source.Order(epoch), new BatchSource(store, s_small, null, 8, 43).Order(epoch));
        }
    }

    [Fact]
    public async Task Fill_WithAugmentation_IsAugmentThenNormalize()
    {
        using Dataset data = await ThirtyAsync();
        using PackedStore store = await PackedStore.BuildAsync(data, [.. Enumerable.Range(0, 30)], s_small);
        var augmenter = new Augmenter(new Augmentation { Crop = 2, Flip = true, Contrast = 0.5 }, s_small.Shape, 4);
        var source = new BatchSource(store, s_small, augmenter, 8, 42);
        int[] positions = source.Order(2)[3..11];
        var values = new float[8 * 90];
        var classes = new long[8];
        source.Fill(positions, 2, values, classes);

        var planes = new byte[90];
        for (int i = 0; i < 8; i++)
        {
            augmenter.Apply(store.Planes(positions[i]), planes, 2, store.Samples[positions[i]]);
            Assert.Equal(store.Classes[positions[i]], classes[i]);
            for (int k = 0; k < 90; k++)
                Assert.Equal(((planes[k] / 255f) - s_small.Mean[k / 30]) / s_small.Std[k / 30], values[(i * 90) + k], 1e-5f);
        }
    }

    [Fact]
    public async Task Fill_AfterTheFirstCall_AllocatesNothing()
    {
        using Dataset data = await ThirtyAsync();
        using PackedStore store = await PackedStore.BuildAsync(data, [.. Enumerable.Range(0, 30)], s_small);
        var source = new BatchSource(store, s_small, new Augmenter(new Augmentation { Rotation = 10, Contrast = 0.5 }, s_small.Shape, 4), 8, 42);
        int[] positions = [0, 1, 2, 3, 4, 5, 6, 7];
        var values = new float[8 * 90];
        var classes = new long[8];
        source.Fill(positions, 1, values, classes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
            source.Fill(positions, 1, values, classes);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
