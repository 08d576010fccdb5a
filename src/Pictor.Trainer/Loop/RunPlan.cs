namespace Pictor.Trainer.Loop;

/// <summary>
/// How long a run is, in steps, and how far along the schedule each step is. A run under a time budget may find on the way that it can afford more
/// or fewer steps; what is left of the schedule is then stretched over what is left of the steps, so the learning rate never jumps and ends at zero.
/// </summary>
/// <param name="Steps">Of the whole run.</param>
/// <param name="FromStep">The step at which the plan was last changed.</param>
/// <param name="FromProgress">The share of the schedule that was done then.</param>
internal sealed record RunPlan(long Steps, long FromStep = 0, double FromProgress = 0)
{
    /// <summary>Share of the schedule that is done before a step, 0..1.</summary>
    /// <param name="step">Counted from 0.</param>
    public double ProgressAt(long step) => Steps <= FromStep ? 1 : FromProgress + ((1 - FromProgress) * (step - FromStep) / (Steps - FromStep));

    /// <summary>The plan from a step on.</summary>
    /// <param name="step">Steps that are done.</param>
    /// <param name="steps">Of the whole run, at least those done.</param>
    public RunPlan Changed(long step, long steps) => new(steps, step, ProgressAt(step));
}
