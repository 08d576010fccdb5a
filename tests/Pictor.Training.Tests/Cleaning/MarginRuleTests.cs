using Pictor.Training.Cleaning;

namespace Pictor.Training.Tests.Cleaning;

public sealed class MarginRuleTests
{
    [Theory]
    [InlineData(0.02, 11)]
    [InlineData(0.05, 12)]
    [InlineData(0.10, 13)]
    public void Fit_WrongLabelsAmongHardPictures_FindsTheThresholdBetweenThem(double rate, int seed)
    {
        // As a network that is right on 99 % leaves them: one picture in a hundred is hard, a wrong label is as deep as a right one is high.
        const int Samples = 20_000;
        var random = new Random(seed);
        double[] hard = [.. Enumerable.Range(0, Samples / 100).Select(_ => Math.Abs(Normal(random) * 0.25))];
        double[] wrong = [.. Enumerable.Range(0, (int)(rate * Samples)).Select(_ => 1.3 + (Normal(random) * 0.35))];

        var mixture = DepthMixture.Fit([.. hard, .. wrong]);

        int found = wrong.Count(d => d >= mixture.Threshold), alarms = hard.Count(d => d >= mixture.Threshold);
        Assert.InRange((double)found / wrong.Length, 0.95, 1);
        Assert.InRange((double)found / (found + alarms), 0.95, 1);
        Assert.InRange(mixture.Probability(mixture.Threshold), 0.49, 0.55);
    }

    [Fact]
    public void Fit_NetworkThatKnowsLittle_StillFindsMost()
    {
        // As measured on the CIFAR copies with a network that is right on three quarters: right labels N(0.7, 1.2), wrong ones N(-2.7, 1.3), in units of the usual margin.
        const int Samples = 9_500;
        var random = new Random(6);
        double[] hard = [.. Enumerable.Range(0, Samples).Select(_ => -0.7 + (Normal(random) * 1.2)).Where(d => d > 0)];
        double[] wrong = [.. Enumerable.Range(0, Samples / 20).Select(_ => 2.7 + (Normal(random) * 1.3)).Where(d => d > 0)];

        var mixture = DepthMixture.Fit([.. hard, .. wrong]);

        int found = wrong.Count(d => d >= mixture.Threshold), alarms = hard.Count(d => d >= mixture.Threshold);
        Assert.InRange((double)found / wrong.Length, 0.5, 1);
        Assert.InRange((double)found / (found + alarms), 0.6, 1);
    }

    [Fact]
    public void Fit_CleanLabels_RaisesHardlyAnAlarm()
    {
        var random = new Random(5);
        double[] hard = [.. Enumerable.Range(0, 1000).Select(_ => Math.Abs(Normal(random) * 0.45))];

        var mixture = DepthMixture.Fit(hard);

        Assert.InRange(hard.Count(d => d >= mixture.Threshold), 0, 20);
    }

    [Fact]
    public void Fit_FewOrNoDepths_KeepsToItsStart()
    {
        double usual = DepthMixture.Fit([]).Threshold;

        Assert.InRange(usual, 0.3, 0.9);
        Assert.Equal(usual, DepthMixture.Fit([0.1, 5, 2]).Threshold);
    }

    [Fact]
    public void Probability_NeverFallsWithDepth()
    {
        var mixture = DepthMixture.Fit([.. Enumerable.Range(0, 100).Select(i => 0.01 * i), .. Enumerable.Range(0, 50).Select(i => 1.2 + (0.01 * i))]);
        double[] along = [.. Enumerable.Range(0, 500).Select(i => mixture.Probability(0.01 * i))];

        Assert.Equal(along.Order(), along);
    }

    [Fact]
    public void Depths_AreInUnitsOfTheUsualMargin()
    {
        int[] labels = [.. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(1, 20), 0, 1, 0];
        int[] predicted = [.. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(1, 20), 1, 0, 1];
        double[] margins = [.. Enumerable.Repeat(4.0, 20), .. Enumerable.Repeat(10.0, 20), -5, -7.5, 0.5];

        double[] depths = MarginRule.Depths(new MarginTable([.. Enumerable.Range(0, 43)], labels, predicted, margins));

        Assert.Equal([0.5, 0.75, double.NaN], depths[40..]);
        Assert.All(depths[..40], d => Assert.True(double.IsNaN(d)));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
