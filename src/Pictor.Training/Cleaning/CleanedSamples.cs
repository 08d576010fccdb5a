using Pictor.Datasets;
using Pictor.Datasets.Cleaning;

namespace Pictor.Training.Cleaning;

/// <summary>The samples that stay when every issue's action is carried out. Whatever drops a sample drops it; the first relabelling counts.</summary>
internal static class CleanedSamples
{
    public static (IReadOnlyList<Sample> Samples, int Dropped, int Relabelled) Of(Dataset data, IReadOnlyList<CleaningIssue> issues)
    {
        var dropped = issues.Where(i => i.Sample >= 0 && i.Action == CleaningAction.Drop).Select(i => i.Sample).ToHashSet();
        var relabelled = new Dictionary<int, int[]>();
        Dictionary<string, int> classOf = data.Labels.Select((l, c) => (l.Id, c)).ToDictionary(p => p.Id, p => p.c, StringComparer.Ordinal);
        foreach (CleaningIssue issue in issues.Where(i => i.Sample >= 0 && i.Action == CleaningAction.Relabel && !dropped.Contains(i.Sample)))
            relabelled.TryAdd(issue.Sample, [.. issue.Suggestion.Split('|').Select(id => classOf[id]).Order()]);
        Sample[] kept =
        [
            .. data.Samples.Where(s => !dropped.Contains(s.Index))
                .Select(s => relabelled.TryGetValue(s.Index, out int[]? classes) ? s with { Class = classes[0], Classes = classes } : s),
        ];
        return (kept, dropped.Count, relabelled.Count);
    }
}
