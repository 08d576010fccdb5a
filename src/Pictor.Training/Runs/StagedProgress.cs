namespace Pictor.Training.Runs;

/// <summary>Progress of one run among many, under its name.</summary>
internal sealed class StagedProgress(IProgress<Progress> outer, string name) : IProgress<Progress>
{
    public void Report(Progress value) => outer.Report(value with { Stage = $"{name}: {value.Stage}" });
}
