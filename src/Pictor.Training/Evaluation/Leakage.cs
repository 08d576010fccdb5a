using Pictor.Datasets;

namespace Pictor.Training.Evaluation;

/// <summary>Judged pictures that stand among the training pictures too: the figures are better than they would be on new ones.</summary>
/// <param name="Exact">Judged pictures that are byte-equal to a training picture.</param>
/// <param name="Near">That are near duplicates of one, the byte-equal ones included; null when not looked for.</param>
/// <param name="TrainingPictures">Training pictures compared with.</param>
/// <param name="Known">package: this is the data the package was trained on, and these are the pictures it saw; declared: the data's own train part, which the package may or may not have seen.</param>
internal sealed record Leakage(int Exact, int? Near, int TrainingPictures, string Known)
{
    /// <param name="data">The data set.</param>
    /// <param name="choice">What is judged.</param>
    /// <param name="judged">Indices of the judged samples.</param>
    /// <param name="nearDuplicates">Counts the judged samples (second) that look like one of the training samples (first); null: not looked for.</param>
    /// <returns>Null when nothing is known of training pictures.</returns>
    public static Leakage? Of(Dataset data, SplitChoice choice, IReadOnlyList<int> judged, Func<IReadOnlyList<int>, IReadOnlyList<int>, int>? nearDuplicates = null)
    {
        IReadOnlyList<int> training = choice.Training ?? (choice.Name is "test" or "val" ? SplitPlan.Declared(data).Train : []);
        if (training.Count == 0)
            return null;
        var seen = training.Select(i => data.Samples[i].Sha256).ToHashSet(StringComparer.Ordinal);
        return new Leakage(
            judged.Count(i => seen.Contains(data.Samples[i].Sha256)), nearDuplicates?.Invoke(training, judged), training.Count, choice.Training is null ? "declared" : "package");
    }

    /// <summary>For people.</summary>
    public string Sentence()
    {
        string pictures = Known == "package" ? "training pictures" : "pictures of the data's train part";
        string near = Near is > 0 ? $", and {Near} look much like one" : "";
        return Exact == 0 && Near is not > 0
            ? $"None of the judged pictures is byte-equal to one of the {TrainingPictures} {pictures}."
            : $"{Exact} of the judged pictures {(Exact == 1 ? "is" : "are")} byte-equal to {pictures}{near}: the figures are better than they would be on new pictures.";
    }
}
