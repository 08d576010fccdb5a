namespace Pictor.Training.Evaluation;

/// <summary>Names for reports: each class's own, with the id where two share a name (ImageNet has two kinds of crane).</summary>
internal static class ClassNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<Label> labels)
    {
        Dictionary<string, int> uses = labels.GroupBy(l => l.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. labels.Select(l => uses[l.Name] == 1 ? l.Name : $"{l.Name} ({l.Id})")];
    }
}
