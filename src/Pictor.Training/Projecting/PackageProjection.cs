using System.Globalization;
using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation;
using Pictor.Training.Heads;

namespace Pictor.Training.Projecting;

/// <summary>
/// Makes a package whose embedding finds like pictures better: a linear map of the old embedding, fitted on labelled pictures. How it is fitted is chosen by retrieval among
/// classes that the map was not fitted on, for a library is full of things that no training set names.
/// </summary>
public static class PackageProjection
{
    /// <summary>More pictures hardly move the map.</summary>
    private const int MostPictures = 20_000;

    // Pictures of unseen classes that compare themselves with each other in a trial.
    private const int MostInTrial = 2_500;
    private const int Folds = 4;

    private static readonly double[] s_shrinkages = [0.03, 0.3, 3];
    private static readonly double[] s_emphases = [0, 0.5, 1];

    /// <summary>Fits and writes a new package; the old one stays.</summary>
    /// <param name="package">The package's file.</param>
    /// <param name="data">Labelled pictures, one class each; the training part is fitted on, the validation part judged.</param>
    /// <param name="output">The new package's file.</param>
    /// <param name="length">Of the new embedding; null: as long as the old one, at most 128.</param>
    /// <param name="progress">Told while pictures are embedded.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="InputException">A file is missing or wrong, there are fewer than eight classes, or the length is out of range.</exception>
    public static async Task<ProjectionOutcome> RunAsync(
        string package, string data, string output, int? length = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Path.GetFullPath(package) == Path.GetFullPath(output))
            throw new InputException(output, "it is the package itself, which is kept", "Name another file with --out.");
        ModelPackage old = await Task.Run(() => ModelPackage.Open(package), cancellationToken).ConfigureAwait(false);
        int embedded = HeadGraph.RequireEmbedding(old), kept = length ?? Math.Min(128, embedded);
        if (kept < 2 || kept > embedded)
            throw new InputException("--length", $"{kept} is out of range", $"The embedding has {embedded} numbers: keep 2 to {embedded}.");
        using Annotator annotator = Annotator.Load(old);
        using Dataset set = await Dataset.OpenAsync(data, progress, cancellationToken).ConfigureAwait(false);
        if (set.Task != DatasetTask.SingleLabel)
            throw new InputException(set.Path, "its pictures do not have one class each", "Name a data set of classes.");
        (IReadOnlyList<int> fitted, IReadOnlyList<int> judged) = Parts(set, old);
        EmbeddingSet train = await EmbeddingSet.OfAsync(annotator, set, fitted, progress, cancellationToken).ConfigureAwait(false);
        int[] classes = [.. train.Samples.Select(i => set.Samples[i].Class)];
        if (classes.Distinct().Count() < 2 * Folds)
            throw new InputException(set.Path, $"it has pictures of {classes.Distinct().Count()} classes, too few to try the map on others", $"Fit on {2 * Folds} classes or more.");

        ProjectionTrial trial = await Task.Run(() => ProjectionTrial.Best(train.Values, embedded, classes, kept, s_shrinkages, s_emphases, Folds, MostInTrial, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        var map = DiscriminantProjection.Fit(ClassScatter.Of(train.Values, embedded, classes), kept, trial.Shrinkage, trial.Emphasis);
        double? before = null, after = null;
        int count = 0;
        if (judged.Count > 0)
        {
            EmbeddingSet val = await EmbeddingSet.OfAsync(annotator, set, judged, progress, cancellationToken).ConfigureAwait(false);
            int[] truth = [.. val.Samples.Select(i => set.Samples[i].Class)];
            (before, after) = (RetrievalFigures.Of(val.Values, embedded, truth).MeanAveragePrecision, RetrievalFigures.Of(map.Apply(val.Values), kept, truth).MeanAveragePrecision);
            count = truth.Length;
        }

        (byte[] onnx, IReadOnlyDictionary<string, string> outputs) = ProjectionGraph.Attach(old, map.Mean, map.Map);
        PackageManifest manifest = old.Manifest with
        {
            Version = $"{old.Manifest.Version}.e{kept}",
            Outputs = outputs,
            EmbeddingLength = kept,
            Provenance = (old.Manifest.Provenance ?? new PackageProvenance()) with { From = [new PackageSource(old.Reference, old.Sha256)], CreatedAt = TimeProvider.System.GetUtcNow() },
        };
        ModelPackage.Write(output, manifest, old.Labels, onnx, Card(old.Card, train.Samples.Count, embedded, kept, trial));
        return new ProjectionOutcome(
            Path.GetFullPath(output), manifest.Name, manifest.Version, train.Samples.Count, embedded, kept, trial.Shrinkage, trial.Emphasis, trial.Plain, trial.Projected,
            count, before, after, train.Skipped);
    }

    private static (IReadOnlyList<int> Fitted, IReadOnlyList<int> Judged) Parts(Dataset data, ModelPackage package)
    {
        PackageProvenance? provenance = package.Manifest.Provenance;
        SplitChoice train = SplitChoice.OfOrNull(data, provenance, "train") ?? SplitChoice.Of(data, provenance, SplitChoice.All);
        return (SplitChoice.Evenly(train.Samples, MostPictures), SplitChoice.OfOrNull(data, provenance, "val")?.Samples ?? []);
    }

    private static string Card(string card, int pictures, int before, int after, ProjectionTrial trial) => string.Create(CultureInfo.InvariantCulture,
        $"{card.TrimEnd()}\n\n## Embedding\n\nA linear map from {before} to {after} numbers, fitted on {pictures} pictures. Among classes that it was not fitted on, mAP@10 is {trial.Projected:0.000} with it and {trial.Plain:0.000} without.\n");
}
