using Pictor.Datasets;
using Pictor.Models.Labels;
using Pictor.Models.Packages;

namespace Pictor.Training.Evaluation;

/// <summary>The pictures of a part whose classes the model knows.</summary>
/// <param name="Samples">Indices into <see cref="Dataset.Samples"/>.</param>
/// <param name="Match">[data classes]: the model's class, or -1.</param>
/// <param name="Skipped">The others, with what the data set left out itself.</param>
internal sealed record KnownPictures(IReadOnlyList<int> Samples, int[] Match, IReadOnlyList<SkippedFile> Skipped)
{
    /// <exception cref="InputException">There is none.</exception>
    public static KnownPictures Of(ModelPackage package, Dataset data, SplitChoice choice)
    {
        int[] match = LabelMatcher.Match(data.Labels, package.Labels);
        var skipped = new List<SkippedFile>(data.Skipped);
        var known = new List<int>(choice.Samples.Count);
        foreach (int index in choice.Samples)
        {
            Sample sample = data.Samples[index];
            int unknown = sample.Classes.FirstOrDefault(c => match[c] < 0, -1);
            if (unknown < 0 && (sample.Class >= 0 || data.Task == DatasetTask.MultiLabel))
                known.Add(index);
            else if (unknown < 0)
                skipped.Add(new SkippedFile(sample.File, "It has no class."));
            else
                skipped.Add(new SkippedFile(sample.File, $"Its class '{data.Labels[unknown].Name}' is not among the {package.Labels.Count} classes of {package.Reference}."));
        }

        return known.Count > 0 ? new KnownPictures(known, match, skipped) : throw NothingKnown(data, package, choice);
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
