using CsCheck;
using Pictor.Trainer.Optimisers;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Tests.Optimisers;

public sealed class LearningRateTests
{
    [Fact]
    public void At_OneCycle_RunsFromA25thToThePeakToZero()
    {
        var rate = new LearningRate(new ScheduleSettings(), peak: 0.4, steps: 1000);
        Assert.Equal(0.016, rate.At(0), 12);
        Assert.Equal((0.016 + 0.4) / 2, rate.At(125), 12);
        Assert.Equal(0.4, rate.At(250), 12);
        Assert.Equal(0.2, rate.At(625), 12);
        Assert.Equal(0, rate.At(1000), 12);
        // cos(pi / 4) of the way down, by hand.
        Assert.Equal(0.4 * (1 + (1 / Math.Sqrt(2))) / 2, rate.At(437) + ((rate.At(438) - rate.At(437)) * 0.5), 5);
    }

    [Fact]
    public void At_OneCycle_RisesThenFallsAndStaysAboveZero() =>
        Gen.Select(Gen.Long[1, 100_000], Gen.Double[1e-5, 10]).Sample((steps, peak) =>
        {
            var rate = new LearningRate(new ScheduleSettings(), peak, steps);
            double last = 0;
            for (long step = 0; step < steps; step += Math.Max(1, steps / 50))
            {
                double now = rate.At(step);
                Assert.InRange(now, 0, peak * (1 + 1e-12));
                Assert.True(now > 0);
                Assert.True(step <= steps / 4.0 ? now >= last : step - Math.Max(1, steps / 50) < steps / 4.0 || now <= last);
                last = now;
            }
        }, iter: 200);

    [Fact]
    public void At_Constant_IsThePeak()
    {
        var rate = new LearningRate(new ScheduleSettings { Kind = "constant" }, 0.01, 10);
        Assert.Equal(0.01, rate.At(0));
        Assert.Equal(0.01, rate.At(9));
    }
}
