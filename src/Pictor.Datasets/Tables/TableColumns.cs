namespace Pictor.Datasets.Tables;

/// <summary>What the columns of a table mean, told by its header. The order is free; names are the same in capitals.</summary>
/// <param name="Path">Where the picture's path stands.</param>
/// <param name="Label">Its classes; -1 without.</param>
/// <param name="Target">Its number; -1 without.</param>
/// <param name="Split">Its part; -1 without.</param>
/// <param name="Group">Its group; -1 without.</param>
/// <param name="Count">Columns in all.</param>
internal sealed record TableColumns(int Path, int Label, int Target, int Split, int Group, int Count)
{
    public const string Expected = "path,label[,split,group], with more columns if you like; file, image or filename stand for path, class or labels for label, and a column target or value holds numbers";

    private static readonly string[] s_path = ["path", "file", "image", "filename"], s_label = ["label", "class", "labels"], s_target = ["target", "value"], s_split = ["split"], s_group = ["group"];

    /// <summary>All other columns.</summary>
    public required IReadOnlyList<(int Index, string Name)> Others { get; init; }

    /// <summary>True where the header itself says that a picture may have several classes.</summary>
    public required bool Several { get; init; }

    /// <summary>What a picture has: classes where there is such a column, else a number.</summary>
    public bool IsNumeric => Label < 0;

    /// <summary>The separator of a header: a tab, a comma, or else a semicolon.</summary>
    public static char SeparatorOf(string line) => line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(',', StringComparison.Ordinal) ? ',' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';

    /// <summary>The columns of a header, or what keeps it from being one.</summary>
    public static TableColumns? Of(IReadOnlyList<string> header, out string? problem)
    {
        string[] names = [.. header.Select(h => h.Trim())];
        problem = null;
        int path = Find(names, s_path, ref problem), label = Find(names, s_label, ref problem), target = Find(names, s_target, ref problem);
        int split = Find(names, s_split, ref problem), group = Find(names, s_group, ref problem);
        if (path < 0)
            problem ??= $"no column names the picture (the header is {Show(names)})" + Near(names, s_path);
        else if (label < 0 && target < 0)
            problem ??= $"no column holds a label or a number (the header is {Show(names)})" + Near(names, [.. s_label, .. s_target]);
        if (problem is not null)
            return null;

        // Beside a label a number is one more column of the picture, not what is to be learned.
        int[] known = [path, label, label < 0 ? target : -1, split, group];
        (int Index, string Name)[] others = [.. names.Select((n, i) => (i, n)).Where(c => !known.Contains(c.i) && c.n.Length > 0)];
        if (others.GroupBy(o => o.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            problem = $"two columns are called '{twice.Key}'";
            return null;
        }

        return new TableColumns(path, label, label < 0 ? target : -1, split, group, names.Length)
        {
            Others = others,
            Several = label >= 0 && names[label].Equals("labels", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static int Find(string[] names, string[] words, ref string? problem)
    {
        int[] found = [.. Enumerable.Range(0, names.Length).Where(i => words.Contains(names[i], StringComparer.OrdinalIgnoreCase))];
        if (found.Length > 1)
            problem ??= $"the columns '{names[found[0]]}' and '{names[found[1]]}' mean the same";
        return found.Length == 0 ? -1 : found[0];
    }

    private static string Show(string[] names) => $"'{string.Join(',', names.Take(8))}{(names.Length > 8 ? ",…" : "")}'";

    private static string Near(string[] names, string[] words)
    {
        foreach (string name in names)
        {
            if (NearestWord.Of(name, words) is { } near && name.Length > 2)
                return $". Did you mean '{near}' by '{name}'?";
        }

        return "";
    }
}
