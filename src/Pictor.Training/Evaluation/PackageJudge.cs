using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>Judges a package on a data set. Classes are matched by id, name and synonym; pictures of classes that the model does not know are listed and left out.</summary>
internal static class PackageJudge
{
    /// <param name="annotator">The package.</param>
    /// <param name="data">Labelled pictures.</param>
    /// <param name="choice">Which of them.</param>
    /// <param name="options">What slices and precision are wanted.</param>
    /// <param name="progress">Told about every batch.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static async Task<JudgedPictures> JudgeAsync(
        Annotator annotator, Dataset data, SplitChoice choice, EvaluationOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PackageTask.Check(annotator.Package, data);
        SliceColumns.Check(data, options.SliceBy);
        if (data.Task == DatasetTask.Numeric)
            return await PackageValues.JudgeAsync(annotator, data, choice, options, progress, cancellationToken);
        var pictures = KnownPictures.Of(annotator.Package, data, choice);
        Predictor.Outcome outcome = await Predictor.RunAsync(annotator, data, pictures.Samples, progress, cancellationToken);
        if (outcome.Samples.Count == 0)
            throw Unreadable(data, pictures.Samples.Count, outcome.Skipped);
        progress?.Report(new Progress("Computing the figures", 0));
        return annotator.Package.Manifest.MultiLabel
            ? OfMany(annotator.Package, data, choice, options, pictures, outcome, cancellationToken)
            : OfOne(annotator.Package, data, choice, options, pictures, outcome, cancellationToken);
    }

    /// <summary>A judgement of a single-label package, for those who need no other.</summary>
    /// <exception cref="InputException">The package is for another task.</exception>
    public static async Task<Judgement> JudgeSingleAsync(
        Annotator annotator, Dataset data, SplitChoice choice, EvaluationOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken) =>
        await JudgeAsync(annotator, data, choice, options, progress, cancellationToken) as Judgement
        ?? throw new InputException(annotator.Package.Reference, "it does not name one class for each picture, which this needs", "Name a package of single classes.") { Code = "package.wrong-task" };

    internal static InputException Unreadable(Dataset data, int count, IReadOnlyList<SkippedFile> skipped) => new(
        data.Path, $"none of the {count} pictures to judge can be read; the first: {skipped[0].File}: {skipped[0].Reason}", "Check the files with 'pictor dataset info'.");

    private static Judgement OfOne(
        ModelPackage package, Dataset data, SplitChoice choice, EvaluationOptions options, KnownPictures pictures, Predictor.Outcome outcome, CancellationToken cancellationToken)
    {
        var table = new PredictionTable(package.Labels.Count, [.. outcome.Samples.Select(i => pictures.Match[data.Samples[i].Class])], outcome.Probabilities);
        IReadOnlyList<string> names = ClassNames.Of(package.Labels);
        string?[] classes = [.. Enumerable.Range(0, table.Samples).Select(i => names[table.Truth[i]])];
        return new Judgement
        {
            Names = names,
            Files = [.. outcome.Samples.Select(i => data.Samples[i].File)],
            Table = table,
            Figures = ClassificationFigures.Of(table),
            WantedPrecision = options.Precision,
            Skipped = [.. pictures.Skipped, .. outcome.Skipped],
            Model = new ModelFacts(package.Manifest.Name, package.Manifest.Version, package.Sha256),
            Data = new DataFacts(data.Fingerprint, choice.Name),
            Source = data.Path,
            Leakage = Leakage.Of(data, choice, outcome.Samples),
            Thumbnail = position => Thumbnails.Of(data, data.Samples[outcome.Samples[position]]),
            Columns = SliceColumns.Of(data, outcome.Samples, outcome.Brightness, classes, options.SliceBy, cancellationToken),
            Calibration = package.Manifest.Calibration,
        };
    }

    private static MultiLabelJudgement OfMany(
        ModelPackage package, Dataset data, SplitChoice choice, EvaluationOptions options, KnownPictures pictures, Predictor.Outcome outcome, CancellationToken cancellationToken)
    {
        int classes = package.Labels.Count;
        var truth = new bool[outcome.Samples.Count * classes];
        for (int i = 0; i < outcome.Samples.Count; i++)
        {
            foreach (int label in data.Samples[outcome.Samples[i]].Classes)
                truth[(i * classes) + pictures.Match[label]] = true;
        }

        var table = new MultiLabelTable(classes, truth, [.. outcome.Probabilities.Select(p => Math.Min(1, p))]);
        double[] thresholds = [.. package.Labels.Select(l => package.Manifest.Thresholds?.TryGetValue(l.Id, out double own) == true ? own : package.Manifest.TagThreshold)];
        return new MultiLabelJudgement
        {
            Names = ClassNames.Of(package.Labels),
            Files = [.. outcome.Samples.Select(i => data.Samples[i].File)],
            Table = table,
            Thresholds = thresholds,
            Figures = MultiLabelFigures.Of(table, thresholds),
            WantedPrecision = options.Precision,
            Skipped = [.. pictures.Skipped, .. outcome.Skipped],
            Model = new ModelFacts(package.Manifest.Name, package.Manifest.Version, package.Sha256),
            Data = new DataFacts(data.Fingerprint, choice.Name),
            Source = data.Path,
            Leakage = Leakage.Of(data, choice, outcome.Samples),
            Thumbnail = position => Thumbnails.Of(data, data.Samples[outcome.Samples[position]]),
            Columns = [.. SliceColumns.Of(data, outcome.Samples, outcome.Brightness, new string?[outcome.Samples.Count], options.SliceBy, cancellationToken).Where(c => c.By != "class")],
            Calibration = package.Manifest.Calibration,
        };
    }
}
