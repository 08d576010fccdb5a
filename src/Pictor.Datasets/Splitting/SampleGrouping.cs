using Pictor.Datasets.Manifests;

namespace Pictor.Datasets;

/// <summary>Groups of samples from what a data set knows of them.</summary>
public static class SampleGrouping
{
    /// <summary>The samples with <see cref="Sample.Group"/> set from a column, from the folder that they lie in, or (group) as it is.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="by">A column's name, <c>folder</c>, or <c>group</c>.</param>
    /// <exception cref="InputException">There is no such column; names those that there are.</exception>
    public static IReadOnlyList<Sample> By(Dataset data, string by)
    {
        string[] columns = [.. data.Samples.SelectMany(s => s.Columns.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string? column = columns.FirstOrDefault(c => string.Equals(c, by, StringComparison.Ordinal)) ?? columns.FirstOrDefault(c => string.Equals(c, by, StringComparison.OrdinalIgnoreCase));
        if (column is not null)
            return [.. data.Samples.Select(s => s with { Group = s.Columns.GetValueOrDefault(column) is { Length: > 0 } value ? value : s.Group })];
        if (by.Equals("group", StringComparison.OrdinalIgnoreCase) && data.Samples.Any(s => s.Group is not null))
            return data.Samples;
        if (by.Equals("folder", StringComparison.OrdinalIgnoreCase))
            return [.. data.Samples.Select(s => s with { Group = FolderOf(SampleNames.Of(data.BasePath, s.File)) })];
        string known = columns.Length == 0 ? "it has no columns" : $"its columns are {string.Join(", ", columns.Take(10))}{(columns.Length > 10 ? ", …" : "")}";
        string near = NearestWord.Of(by, [.. columns, "folder", "group"]) is { } word ? $"Did you mean '{word}'?" : "Name a column of its table, or folder.";
        throw new InputException("--group-by", $"The data set has nothing called '{by}'; {known}", near);
    }

    private static string FolderOf(string name)
    {
        int record = name.LastIndexOf('#'), slash = name.LastIndexOf('/');
        return record > slash ? name[..record] : slash < 0 ? "." : name[..slash];
    }
}
