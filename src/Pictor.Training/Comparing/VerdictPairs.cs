using Pictor.Training.Evaluation;

namespace Pictor.Training.Comparing;

/// <summary>Which row of one table is the same picture as a row of another.</summary>
internal static class VerdictPairs
{
    /// <summary>[samples of the first]: the row of the second, or -1.</summary>
    public static int[] Of(Judgement first, string secondName, Judgement second)
    {
        int[] pairs = second.Files.All(f => f.Length == 0) || first.Files.All(f => f.Length == 0) ? ByRow(first, secondName, second) : ByFile(first, second);
        if (pairs.All(p => p < 0))
        {
            throw new InputException(secondName, $"none of its {second.Files.Count} pictures is among the {first.Files.Count} judged ones (the first: '{first.Files[0]}' and '{second.Files[0]}')",
                "Compare predictions on the same pictures: the same data and the same part.")
            { Code = "comparison.no-common-picture" };
        }

        Check(pairs, first, secondName, second);
        return pairs;
    }

    private static int[] ByRow(Judgement first, string secondName, Judgement second) => first.Files.Count == second.Files.Count
        ? [.. Enumerable.Range(0, first.Files.Count)]
        : throw new InputException(secondName, $"it has {second.Files.Count} rows, {first.Files.Count} pictures were judged, and without a column 'file' on both sides rows are paired by their order",
            "Give both tables a column 'file', or the same rows.")
        { Code = "comparison.no-common-picture" };

    // Whole paths first; a table made elsewhere is matched by file names, where they are unique on its side.
    private static int[] ByFile(Judgement first, Judgement second)
    {
        Dictionary<string, int> paths = Unique(second.Files, f => f), names = Unique(second.Files, NameOf);
        int[] pairs = [.. first.Files.Select(f => paths.GetValueOrDefault(f, -1))];
        if (pairs.Any(p => p >= 0))
            return pairs;
        Dictionary<string, int> own = Unique(first.Files, NameOf);
        return [.. first.Files.Select((f, i) => own.GetValueOrDefault(NameOf(f), -1) == i ? names.GetValueOrDefault(NameOf(f), -1) : -1)];
    }

    private static Dictionary<string, int> Unique(IReadOnlyList<string> files, Func<string, string> key) => files.Select((f, i) => (Key: key(f), Index: i))
        .GroupBy(p => p.Key, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().Index, StringComparer.Ordinal);

    private static string NameOf(string file) => file[(file.LastIndexOfAny(['/', '\\']) + 1)..];

    private static void Check(int[] pairs, Judgement first, string secondName, Judgement second)
    {
        var known = second.Names.ToHashSet(StringComparer.Ordinal);
        var other = first.Names.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] < 0)
                continue;
            string a = first.Names[first.Table.Truth[i]], b = second.Names[second.Table.Truth[pairs[i]]];
            if (a != b && known.Contains(a) && other.Contains(b))
            {
                throw new InputException(secondName, $"'{(first.Files[i].Length > 0 ? first.Files[i] : $"row {i + 1}")}' is labelled '{b}' there and '{a}' here",
                    "Compare predictions that were made with the same labels.")
                { Code = "comparison.labels-differ" };
            }
        }
    }
}
