using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Labels;
using Pictor.Models.Packages;

namespace Pictor.Training.Evaluation;

/// <summary>Judges a package on a data set. Classes are matched by id, name and synonym; pictures of classes that the model does not know are listed and left out.</summary>
internal static class PackageJudge
{
    public static async Task<Judgement> JudgeAsync(Annotator annotator, Dataset data, string? split, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        ModelPackage package = annotator.Package;
        var choice = SplitChoice.Of(data, package.Manifest.Provenance, split);
        int[] match = LabelMatcher.Match(data.Labels, package.Labels);
        var skipped = new List<SkippedFile>(data.Skipped);
        var known = new List<int>(choice.Samples.Count);
        foreach (int index in choice.Samples)
        {
            Sample sample = data.Samples[index];
            if (match[sample.Class] >= 0)
                known.Add(index);
            else
                skipped.Add(new SkippedFile(sample.File, $"Its class '{data.Labels[sample.Class].Name}' is not among the {package.Labels.Count} classes of {package.Reference}."));
        }

        if (known.Count == 0)
            throw NothingKnown(data, package, choice);
        Predictor.Outcome outcome = await Predictor.RunAsync(annotator, data, known, progress, cancellationToken);
        skipped.AddRange(outcome.Skipped);
        if (outcome.Samples.Count == 0)
        {
            throw new InputException(data.Path, $"none of the {known.Count} pictures to judge can be read; the first: {outcome.Skipped[0].File}: {outcome.Skipped[0].Reason}",
                "Check the files with 'pictor dataset info'.");
        }

        var table = new PredictionTable(package.Labels.Count, [.. outcome.Samples.Select(i => match[data.Samples[i].Class])], outcome.Probabilities);
        progress?.Report(new Progress("Computing the figures", 0));
        return new Judgement
        {
            Names = ClassNames.Of(package.Labels),
            Files = [.. outcome.Samples.Select(i => data.Samples[i].File)],
            Table = table,
            Figures = ClassificationFigures.Of(table),
            Skipped = skipped,
            Model = new ModelFacts(package.Manifest.Name, package.Manifest.Version, package.Sha256),
            Data = new DataFacts(data.Fingerprint, choice.Name),
            Source = data.Path,
            Leaked = Leaked(data, choice, outcome.Samples),
            Thumbnail = position => Thumbnails.Of(data, data.Samples[outcome.Samples[position]]),
        };
    }

    private static int? Leaked(Dataset data, SplitChoice choice, IReadOnlyList<int> judged)
    {
        if (choice.Training is null)
            return null;
        var seen = choice.Training.Select(i => data.Samples[i].Sha256).ToHashSet(StringComparer.Ordinal);
        return judged.Count(i => seen.Contains(data.Samples[i].Sha256));
    }

    private static InputException NothingKnown(Dataset data, ModelPackage package, SplitChoice choice)
    {
        if (choice.Samples.Count == 0)
            return new InputException(data.Path, "there is no picture to judge", "Name a data set with labelled pictures.");
        return new InputException(data.Path, $"none of its classes ({Few(data.Labels)}) is among those of {package.Reference} ({Few(package.Labels)})",
            "Name data of the model's classes; ids, names and synonyms are compared.")
        { Code = "labels.no-match" };
    }

    private static string Few(IReadOnlyList<Label> labels) =>
        string.Join(", ", labels.Take(5).Select(l => $"'{l.Name}'")) + (labels.Count > 5 ? $" and {labels.Count - 5} more" : "");
}
