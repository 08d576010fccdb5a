using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class MnistTests
{
    private static readonly Preprocessing s_plain = new(new PictureShape(1, 28, 28), ResizePolicy.Stretch, [0f], [1f]);

    [Fact]
    public async Task OpenAsync_Mnist_HasItsParts()
    {
        Assert.SkipUnless(TestData.Find("mnist") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("mnist")!);

        Assert.Equal("idx", data.Format);
        Assert.Equal("0 1 2 3 4 5 6 7 8 9", string.Join(' ', data.Labels.Select(l => l.Id)));
        Assert.Equal(60_000, data.Samples.Count(s => s.Declared == Split.Train));
        Assert.Equal(10_000, data.Samples.Count(s => s.Declared == Split.Test));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], data.Samples.Where(s => s.Declared == Split.Train).GroupBy(s => s.Class).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal(5, data.Samples[0].Class);
        Assert.Equal(7, data.Samples[60_000].Class);
    }

    [Fact]
    public async Task Statistics_OfMnistTrain_AreThePublishedOnes()
    {
        Assert.SkipUnless(TestData.Find("mnist") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("mnist")!);
        using PackedStore store = await PackedStore.BuildAsync(data, SplitPlan.Declared(data).Train, s_plain);

        (float[] mean, float[] std) = store.Statistics();

        Assert.Equal(60_000, store.Count);
        Assert.Equal(0.1307, mean[0], 4);
        Assert.Equal(0.3081, std[0], 4);
    }

    [Fact]
    public async Task For_Mnist_HoldsBackATenthOfTrainAndNothingOfTest()
    {
        Assert.SkipUnless(TestData.Find("mnist") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("mnist")!);

        SplitPlan plan = SplitPlan.For(data, 1);

        Assert.True(plan.WasCut);
        Assert.Equal(Enumerable.Range(60_000, 10_000), plan.Test);
        Assert.InRange(plan.Val.Count, 5_990, 6_010);
        Assert.Equal(Enumerable.Range(0, 60_000), plan.Train.Concat(plan.Val).Order());
    }
}
