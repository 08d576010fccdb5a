using CsCheck;
using Pictor.Trainer.Optimisers;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Tests.Optimisers;

public sealed class LearningRateTests
{
    [Fact]
    public void At_OneCycle_RunsFromA25thToThePeakToZero()
    {
        var rate = new LearningRate(new ScheduleSettings(), peak: 0.4);
        Assert.Equal(0.016, rate.At(0), 12);
        Assert.Equal((0.016 + 0.4) / 2, rate.At(0.125), 12);
        Assert.Equal(0.4, rate.At(0.25), 12);
        Assert.Equal(0.2, rate.At(0.625), 12);
        Assert.Equal(0, rate.At(1), 12);
        // cos(pi / 4) of the way down, by hand.
        Assert.Equal(0.4 * (1 + (1 / Math.Sqrt(2))) / 2, rate.At(0.4375), 12);
    }

    [Fact]
    public void At_CosineLinearAndStep_AreWhatTheirFormulasSay()
    {
        var cosine = new LearningRate(new ScheduleSettings { Kind = "cosine", Warmup = 0.2 }, 1);
        Assert.Equal([0.5, 1, 0.5, 0], new[] { 0.1, 0.2, 0.6, 1 }.Select(p => Math.Round(cosine.At(p), 12)));
        var linear = new LearningRate(new ScheduleSettings { Kind = "linear", Warmup = 0 }, 2);
        Assert.Equal([2, 1.5, 1, 0], new[] { 0, 0.25, 0.5, 1 }.Select(linear.At));
        var step = new LearningRate(new ScheduleSettings { Kind = "step", Warmup = 0, Drops = 2, Factor = 0.1 }, 1);
        Assert.Equal([1, 1, 0.1, 0.1, 0.01, 0.01], new[] { 0, 0.33, 0.34, 0.66, 0.67, 1 }.Select(p => Math.Round(step.At(p), 12)));
    }

    [Fact]
    public void At_AnyKind_RisesToThePeakThenNeverRises() =>
        Gen.Select(Gen.Int[0, ScheduleSettings.Kinds.Count - 1].Select(i => ScheduleSettings.Kinds[i]), Gen.Double[0, 0.9], Gen.Double[1e-5, 10]).Sample((kind, warmup, peak) =>
        {
            var rate = new LearningRate(new ScheduleSettings { Kind = kind, Warmup = warmup }, peak);
            double last = 0, highest = 0;
            for (int i = 0; i < 200; i++)
            {
                double progress = i / 200.0, now = rate.At(progress);
                Assert.InRange(now, 0, peak * (1 + 1e-12));
                Assert.True(now > 0);
                Assert.True(progress <= warmup ? now >= last : i == 0 || (i - 1) / 200.0 < warmup || now <= last, $"{kind} at {progress}");
                (last, highest) = (now, Math.Max(highest, now));
            }

            Assert.Equal(peak, rate.At(warmup), 9);
            Assert.True(kind is "step" or "constant" ? rate.At(1) > 0 : rate.At(1) < 1e-12 * peak);
        }, iter: 100);
}
