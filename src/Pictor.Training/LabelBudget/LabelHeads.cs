using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Training.Heads;

namespace Pictor.Training.LabelBudget;

/// <summary>The curve of heads on the embeddings of a package: everything is embedded once, each point is the mean of several draws.</summary>
internal static class LabelHeads
{
    private const int Draws = 3;

    public static async Task<(LabelCurve Curve, IReadOnlyList<SkippedFile> Skipped)> RunAsync(
        LabelBudgetJob job, string package, Dataset data, SplitPlan plan, LabelCurve curve, TimeProvider time, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        using var annotator = await Task.Run(() => Annotator.Load(package), cancellationToken).ConfigureAwait(false);
        HeadGraph.RequireEmbedding(annotator.Package);
        PackageOutputs train = await PackageOutputs.EmbedAsync(annotator, data, plan.Train, mirror: false, "Embedding training pictures", progress, cancellationToken).ConfigureAwait(false);
        PackageOutputs val = await PackageOutputs.EmbedAsync(annotator, data, plan.Val, mirror: false, "Embedding validation pictures", progress, cancellationToken).ConfigureAwait(false);
        if (train.Samples.Count == 0 || val.Samples.Count == 0)
            throw new InputException(data.Path, "none of its training or validation pictures can be read", "Check the files with 'pictor dataset info'.");
        int[] trained = [.. train.Samples.Select(i => data.Samples[i].Class)], judged = [.. val.Samples.Select(i => data.Samples[i].Class)];
        int largest = trained.CountBy(c => c).Max(c => c.Value);
        int[] examples = [.. curve.Points.Select(p => p.PerClass ?? largest)];
        IReadOnlyList<HeadCurvePoint> drawn = await Task.Run(
            () => HeadCurve.Of(train.Embeddings.Values, trained, val.Embeddings.Values, judged, data.Labels.Count, examples, Draws, job.Seed, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        double seconds = Math.Round(time.GetElapsedTime(start).TotalSeconds, 3);
        curve = curve with
        {
            Network = $"head on {annotator.Package.Reference}",
            ValPictures = judged.Length,
            Seconds = seconds,
            Points = [.. curve.Points.Select((p, i) => p with { State = "finished", ValAccuracy = drawn[i].Accuracy, Spread = drawn[i].Spread, Pictures = drawn[i].Pictures })],
        };
        return (curve.Publish(job.Out, Draws, job.Seed), [.. data.Skipped, .. train.Skipped, .. val.Skipped]);
    }
}
