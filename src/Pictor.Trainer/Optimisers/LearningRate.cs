using Pictor.Training.Recipes;

namespace Pictor.Trainer.Optimisers;

/// <summary>The learning rate of a run as a function of how much of it is done, so that a run whose length changes on the way still ends where it should.</summary>
/// <param name="settings">The shape.</param>
/// <param name="peak">The highest rate.</param>
internal sealed class LearningRate(ScheduleSettings settings, double peak)
{
    // Where one cycle begins, as a share of the peak.
    private const double CycleStart = 1.0 / 25;

    private readonly double _warmup = settings.WarmupShare();

    /// <param name="progress">Share of the run that is done, 0..1; 1 is the step after the last.</param>
    public double At(double progress) => progress < _warmup ? peak * Rise(progress / _warmup) : peak * Fall((progress - _warmup) / (1 - _warmup));

    // From a 25th of the peak along half a cosine (Smith 2018), or straight from almost nothing.
    private double Rise(double part) => settings.Kind == "one-cycle" ? CycleStart + ((1 - CycleStart) * (1 - Math.Cos(Math.PI * part)) / 2) : Math.Max(part, 1e-3);

    private double Fall(double part) => settings.Kind switch
    {
        "one-cycle" or "cosine" => (1 + Math.Cos(Math.PI * Math.Min(1, part))) / 2,
        "linear" => Math.Max(0, 1 - part),
        "step" => Math.Pow(settings.Factor, Math.Min(settings.Drops, Math.Floor(part * (settings.Drops + 1)))),
        "constant" => 1,
        var kind => throw new InvalidOperationException($"There is no schedule '{kind}'."),
    };
}
