using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>Judges a package that gives a number. Where the annotator keeps its one output, the value stands in the place of the probabilities.</summary>
internal static class PackageValues
{
    public static async Task<RegressionJudgement> JudgeAsync(
        Annotator annotator, Dataset data, SplitChoice choice, EvaluationOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        ModelPackage package = annotator.Package;
        int[] known = [.. choice.Samples.Where(i => data.Samples[i].Target is { } target && double.IsFinite(target))];
        IEnumerable<SkippedFile> without = choice.Samples.Except(known).Select(i => new SkippedFile(data.Samples[i].File, "It has no number."));
        if (known.Length == 0)
            throw new InputException(data.Path, "there is no picture with a number to judge", "Name a data set with a numeric target.");
        Predictor.Outcome outcome = await Predictor.RunAsync(annotator, data, known, progress, cancellationToken);
        if (outcome.Samples.Count == 0)
            throw PackageJudge.Unreadable(data, known.Length, outcome.Skipped);
        double[] targets = [.. outcome.Samples.Select(i => data.Samples[i].Target!.Value)];
        IReadOnlyList<SliceColumn> columns = SliceColumns.Of(data, outcome.Samples, outcome.Brightness, new string?[targets.Length], options.SliceBy, cancellationToken);
        return new RegressionJudgement
        {
            Files = [.. outcome.Samples.Select(i => data.Samples[i].File)],
            Targets = targets,
            Values = outcome.Probabilities,
            Figures = RegressionFigures.Of(targets, outcome.Probabilities),
            Skipped = [.. data.Skipped, .. without, .. outcome.Skipped],
            Model = new ModelFacts(package.Manifest.Name, package.Manifest.Version, package.Sha256),
            Data = new DataFacts(data.Fingerprint, choice.Name),
            Source = data.Path,
            Leakage = Leakage.Of(data, choice, outcome.Samples),
            Thumbnail = position => Thumbnails.Of(data, data.Samples[outcome.Samples[position]]),
            Columns =
            [
                .. columns.Where(c => c.By != "class"),
                .. new[] { SliceColumn.OfNumbers("target", targets, ("low", "middle", "high"), v => v.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)) }.OfType<SliceColumn>(),
            ],
        };
    }
}
