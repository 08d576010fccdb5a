using CsCheck;
using Pictor.Trainer.Loop;

namespace Pictor.Trainer.Tests.Loop;

public sealed class RunPlanTests
{
    [Fact]
    public void ProgressAt_WithoutChanges_IsTheShareOfSteps()
    {
        var plan = new RunPlan(200);
        Assert.Equal([0, 0.25, 1], new[] { 0L, 50, 200 }.Select(plan.ProgressAt));
    }

    [Fact]
    public void Changed_AnyTimes_NeverJumpsAndEndsAtOne() =>
        Gen.Select(Gen.Long[1, 1000], Gen.Select(Gen.Long[0, 500], Gen.Long[1, 1000]).Array[0, 6]).Sample((steps, changes) =>
        {
            var plan = new RunPlan(steps);
            long step = 0;
            foreach ((long forward, long more) in changes)
            {
                step = Math.Min(step + forward, plan.Steps);
                double before = plan.ProgressAt(step);
                plan = plan.Changed(step, step + more);
                Assert.Equal(before, plan.ProgressAt(step), 12);
            }

            double last = plan.ProgressAt(step);
            for (long s = step; s <= plan.Steps; s++)
            {
                Assert.True(plan.ProgressAt(s) >= last - 1e-15);
                last = plan.ProgressAt(s);
            }

            Assert.Equal(1, last, 12);
        }, iter: 200);

    [Fact]
    public void Revise_MachineTurnsSlow_ShortensTheRunToWhatFits()
    {
        // 100 steps an epoch, no validation; 0.1 s a step promised 0.1 s, and the machine then takes 0.2 s.
        var budget = new TimeBudget(seconds: 1000, spent: 0, stepsPerEpoch: 100, validation: 0, _ => 1);
        long planned = budget.StepsFor(0.1);
        Assert.InRange(planned, 9_600, 9_800);
        var position = new RunPosition { Plan = new RunPlan(planned), LossSums = [0] };
        for (long step = 1; step <= 3000; step++)
        {
            position = position with { Step = step, StepInEpoch = (int)(step % 100), Epoch = 1 + (int)(step / 100), Seconds = step * 0.2 };
            position = position with { Plan = budget.Revise(position) };
        }

        // 970 s at 0.2 s a step are 4850 steps.
        Assert.InRange(position.Plan.Steps, 4_700, 5_000);
    }

    [Fact]
    public void Revise_SmallerPicturesFirst_CountsWhatTheyCost()
    {
        // Ten epochs at a quarter of the cost, then full size.
        var budget = new TimeBudget(seconds: 1000, spent: 10, stepsPerEpoch: 10, validation: 1, epoch => epoch <= 10 ? 0.25 : 1);
        double left = 1000 - 30 - 10 - (10 * 11 * 0.25);
        Assert.Equal(100 + (long)(left / 11) * 10, budget.StepsFor(1), 10.0);
    }
}
