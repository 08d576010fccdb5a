using System.Diagnostics;
using System.Globalization;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Packages;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Heads;

/// <summary>
/// Trains a head on the frozen embedding of any package: every picture is embedded once, a linear layer is fitted, and both become one
/// package. Seconds instead of hours, without torch. Equal data, package and seed give equal weights, bit for bit, for any number of threads.
/// </summary>
public static class HeadTraining
{
    /// <summary>Runs the job; the test part is never looked at.</summary>
    /// <exception cref="InputException">
    /// What <see cref="ModelPackage.Open"/> and <see cref="Dataset.OpenAsync"/> refuse; package.no-embedding; data.one-class; no picture can be read; a run is there already.
    /// </exception>
    public static async Task<HeadOutcome> RunAsync(HeadJob job, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (job.Penalty is { } penalty && !(penalty > 0 && double.IsFinite(penalty)))
            throw new InputException("penalty", $"it is {penalty.ToString(CultureInfo.InvariantCulture)}", "Give a number above 0, such as 0.001, or none to have it chosen.");
        var watch = Stopwatch.StartNew();
        using var annotator = await Task.Run(() => Annotator.Load(job.On), cancellationToken).ConfigureAwait(false);
        HeadGraph.RequireEmbedding(annotator.Package);
        using Dataset data = await Dataset.OpenAsync(job.Data, progress, cancellationToken).ConfigureAwait(false);
        var plan = SplitPlan.For(data, job.Seed);
        TargetTable.Of(data, Labelled(data, plan.Train));
        var run = RunFolder.Prepare(job.Out, ToTrainingJob(job), resume: false, job.Force);

        var embedding = Stopwatch.StartNew();
        PackageOutputs train = await PackageOutputs.EmbedAsync(annotator, data, Labelled(data, plan.Train), job.Mirror, "Embedding training pictures", progress, cancellationToken).ConfigureAwait(false);
        PackageOutputs val = await PackageOutputs.EmbedAsync(annotator, data, Labelled(data, plan.Val), mirror: false, "Embedding validation pictures", progress, cancellationToken).ConfigureAwait(false);
        List<SkippedFile> skipped = [.. data.Skipped, .. Unlabelled(data), .. train.Skipped, .. val.Skipped];
        if (train.Samples.Count == 0)
            throw new InputException(data.Path, $"none of its training pictures can be read{(skipped.Count > 0 ? $"; the first: {skipped[0].File}: {skipped[0].Reason}" : "")}", "Check the files with 'pictor dataset info'.");
        embedding.Stop();

        var fitting = Stopwatch.StartNew();
        var targets = TargetTable.Of(data, train.Samples);
        HeadResult result = await Task.Run(() => HeadResult.Of(job, train, val, targets, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        fitting.Stop();
        IReadOnlyList<string> notes = [plan.Explanation, .. Warnings(annotator.Package, data, job), $"The head: {result.Choice}."];
        HeadPackage.Write(run, job, annotator.Package, data, result);
        run.Append(new EpochMetrics(1, result.TrainLoss, result.ValLoss, result.ValAccuracy, LearningRate: 0, watch.Elapsed.TotalSeconds));
        return new HeadOutcome(
            run.ModelPath, result.ValAccuracy, result.ValLoss, result.Metrics, embedding.Elapsed.TotalSeconds, fitting.Elapsed.TotalSeconds, watch.Elapsed.TotalSeconds, notes, skipped);
    }

    // A run folder wants a recipe; that of a head has but a seed and the name of what it is.
    private static TrainingJob ToTrainingJob(HeadJob job) =>
        new(job.Data, job.Out, new Recipe { Network = HeadPackage.NetworkName, Epochs = 1, Seed = job.Seed }, job.Name, job.Version);

    private static int[] Labelled(Dataset data, IReadOnlyList<int> samples) => [.. samples.Where(i => TargetTable.IsLabelled(data, i))];

    private static IEnumerable<SkippedFile> Unlabelled(Dataset data) => data.Samples
        .Where(sample => !TargetTable.IsLabelled(data, sample.Index))
        .Select(sample => new SkippedFile(sample.File, data.Task == DatasetTask.Numeric ? "It has no number to learn." : "It has no class to learn."));

    private static IEnumerable<string> Warnings(ModelPackage on, Dataset data, HeadJob job)
    {
        if (on.Manifest.Provenance is { DataFingerprint: { } fingerprint } provenance && string.Equals(fingerprint, data.Fingerprint, StringComparison.OrdinalIgnoreCase) && provenance.Seed != job.Seed)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{on.Reference} was trained on this very data, cut with seed {provenance.Seed}: it has seen pictures that are now held back, so the figures are too good. Say --seed {provenance.Seed} for the same parts.");
        }
    }
}
