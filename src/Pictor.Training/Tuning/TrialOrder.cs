namespace Pictor.Training.Tuning;

/// <summary>Which of two runs is better, on validation: the best one first, those without figures last.</summary>
internal sealed class TrialOrder(bool byAccuracy) : IComparer<TrialRun>
{
    public int Compare(TrialRun? x, TrialRun? y)
    {
        if (x is null || y is null)
            return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        int state = (x.State == TrialRun.Finished ? 0 : 1) - (y.State == TrialRun.Finished ? 0 : 1);
        if (state != 0)
            return state;
        // Equal accuracies are frequent on small validation parts; then the loss tells.
        int figure = byAccuracy ? -(x.ValAccuracy ?? -1).CompareTo(y.ValAccuracy ?? -1) : 0;
        if (figure == 0)
            figure = (x.ValLoss ?? double.MaxValue).CompareTo(y.ValLoss ?? double.MaxValue);
        return figure != 0 ? figure : x.Trial != y.Trial ? x.Trial.CompareTo(y.Trial) : y.Epochs.CompareTo(x.Epochs);
    }

    public bool HigherIsBetter => byAccuracy;

    /// <summary>The figure that decides; higher is better for accuracies.</summary>
    public double? Figure(TrialRun run) => byAccuracy ? run.ValAccuracy : run.ValLoss;
}
