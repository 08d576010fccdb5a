using Pictor.Datasets;
using Pictor.Training.Runs;

namespace Pictor.Training.LabelBudget;

/// <summary>
/// Accuracy over the number of labelled examples: the same recipe on nested subsets of the training part, all judged on the same validation pictures, a power law
/// through the points, and what more pictures would bring.
/// </summary>
public static class LabelBudgetRun
{
    /// <summary>Draws the curve.</summary>
    /// <param name="job">What to draw.</param>
    /// <param name="progress">Told how far the run under way has come.</param>
    /// <param name="say">Told a sentence after each point.</param>
    /// <param name="runner">Carries out a run; null: the trainer.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="cancellationToken">Stops it; what there is has been written by then.</param>
    /// <exception cref="InputException">No data set, not one class a picture, too few pictures for a curve, a folder that holds something else.</exception>
    public static async Task<(LabelCurve Curve, IReadOnlyList<SkippedFile> Skipped)> RunAsync(
        LabelBudgetJob job, IProgress<Progress>? progress = null, Action<string>? say = null, JobRunner? runner = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        using Dataset data = await Dataset.OpenAsync(job.Data, progress, cancellationToken).ConfigureAwait(false);
        var plan = SplitPlan.For(data, job.Seed);
        if (data.Task != DatasetTask.SingleLabel)
            throw new InputException(job.Data, "a curve over examples of each class needs one class a picture", "Leave out --label-budget.") { Code = "data.task" };
        var counts = new int[data.Labels.Count];
        foreach (int i in plan.Train)
            counts[data.Samples[i].Class]++;
        int largest = counts.DefaultIfEmpty(0).Max();
        IReadOnlyList<int> steps = LabelSteps.Of(largest);
        if (steps.Count < 2 || plan.Val.Count == 0)
        {
            throw new InputException(job.Data, $"its largest class has {largest} training pictures and its validation part {plan.Val.Count}, which are too few for a curve", "Collect some tens of pictures of each class first.")
            { Code = "data.too-few" };
        }

        LabelCurve? before = LabelFolder.Prepare(job);
        int present = counts.Count(c => c > 0);
        LabelPoint[] points = [.. steps.Select(n => (int?)n).Append(null).Select(n => new LabelPoint(n, LabelSteps.Pictures(counts, n), (double)LabelSteps.Pictures(counts, n) / present))];
        var curve = new LabelCurve { Data = data.Path, Classes = present, ValPictures = plan.Val.Count, Points = points };
        return job.On is { } package
            ? await LabelHeads.RunAsync(job, package, data, plan, curve, time ?? TimeProvider.System, progress, cancellationToken).ConfigureAwait(false)
            : await new LabelTraining(job, runner ?? JobRunners.TrainAsync, time ?? TimeProvider.System, before) { Progress = progress, Say = say ?? (_ => { }) }.RunAsync(curve, cancellationToken).ConfigureAwait(false);
    }
}
