using System.Globalization;
using System.Text;

namespace Pictor.Datasets;

/// <summary>Lays out <see cref="DatasetInfo"/> for a terminal of 100 columns.</summary>
internal static class DatasetInfoText
{
    private const int Listed = 5;
    private const int AllClasses = 40;
    private const int BarLength = 24;

    public static string Of(DatasetInfo info)
    {
        var text = new StringBuilder();
        string split = Invariant($"{info.Plan.Train:N0} train · {info.Plan.Val:N0} val · {info.Plan.Test:N0} test");
        Row(text, "data set", $"{info.Path} ({info.Format})");
        Row(text, "pictures", Invariant($"{info.Samples:N0}{(info.Classes == 0 ? "" : $" in {Plural(info.Classes, "class", "classes")}")}, {Sizes(info)}, {Colours(info)}"));
        foreach ((string name, string value) in LabellingText.RowsOf(info))
            Row(text, name, value);
        Row(text, "parts", split);
        foreach (string line in Wrap(info.Plan.Explanation, 84))
            Row(text, "", line);
        Row(text, "mean", $"{Numbers(info.Mean)}   deviation {Numbers(info.Std)}   (training part, of 0..1)");
        if (info.Classes > 0)
            Row(text, "imbalance", info.Imbalance == 1 ? "none: all classes are equally large" : Invariant($"the largest class is {info.Imbalance:0.00} times the smallest"));
        Row(text, "duplicates", Duplicates(info));
        foreach (DuplicateGroup group in info.Duplicates.Where(d => d.LabelsDiffer).Take(Listed))
            Row(text, "", $"{string.Join(" = ", group.Files.Take(3).Select(f => Inside(info, f)))}{(group.Files.Count > 3 ? " = …" : "")}");
        Row(text, "leaks", info.Leaks.Count == 0 ? "none" : Invariant($"{Plural(info.Leaks.Count, "picture stands", "pictures stand")} in more than one declared part"));
        foreach (DuplicateGroup group in info.Leaks.Take(Listed))
            Row(text, "", string.Join(" = ", group.Files.Take(3).Select(f => Inside(info, f))));
        Row(text, "unreadable", info.Unreadable.Count == 0 ? "none" : Plural(info.Unreadable.Count, "file", "files"));
        foreach (SkippedFile file in info.Unreadable.Take(Listed))
            Row(text, "", $"{Inside(info, file.File)}: {file.Reason}");
        if (info.Unreadable.Count > Listed)
            Row(text, "", Invariant($"and {info.Unreadable.Count - Listed:N0} more"));
        foreach (string note in info.Notes)
        {
            List<string> lines = Wrap(note, 84);
            for (int i = 0; i < lines.Count; i++)
                Row(text, i == 0 ? "note" : "", lines[i]);
        }

        Row(text, "fingerprint", info.Fingerprint);
        text.Append('\n');
        if (info.Classes > 0)
            Classes(text, info);
        return text.ToString();
    }

    private static void Classes(StringBuilder text, DatasetInfo info)
    {
        ClassInfo[] shown = info.PerClass.Count <= AllClasses
            ? [.. info.PerClass]
            : [.. info.PerClass.OrderByDescending(c => c.Count).Take(AllClasses / 4), .. info.PerClass.OrderByDescending(c => c.Count).TakeLast(AllClasses / 4)];
        int name = Math.Clamp(shown.Max(c => TextWidth.Of(Name(c))), 5, 40);
        int most = Math.Max(1, info.PerClass.Max(c => c.Count));
        text.Append(CultureInfo.InvariantCulture, $"  {TextWidth.Pad("class", name)}  {"train",8}  {"val",7}  {"test",7}  {"all",8}\n");
        for (int i = 0; i < shown.Length; i++)
        {
            ClassInfo c = shown[i];
            if (shown.Length < info.PerClass.Count && i == shown.Length / 2)
                text.Append(CultureInfo.InvariantCulture, $"  … {info.PerClass.Count - shown.Length:N0} classes between the largest and the smallest …\n");
            text.Append(CultureInfo.InvariantCulture, $"  {TextWidth.Pad(Name(c), name)}  {c.Plan.Train,8:N0}  {c.Plan.Val,7:N0}  {c.Plan.Test,7:N0}  {c.Count,8:N0}  {Bar(c.Count, most)}\n");
        }
    }

    private static string Name(ClassInfo c)
    {
        string name = string.Equals(c.Id, c.Name, StringComparison.Ordinal) ? c.Id : $"{c.Id}  {c.Name}";
        return c.Chinese is null ? name : $"{name}  {c.Chinese}";
    }

    private static string Bar(int count, int most)
    {
        int eighths = (int)Math.Round((double)count / most * BarLength * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[(eighths % 8) - 1].ToString());
    }

    private static string Sizes(DatasetInfo info)
    {
        if (info is not { Width: { } w, Height: { } h, CommonSize: { } common })
            return "none readable";
        return w.Min == w.Max && h.Min == h.Max
            ? Invariant($"all {common.Width} x {common.Height}")
            : Invariant($"{w.Min}..{w.Max} x {h.Min}..{h.Max} (median {w.Median} x {h.Median}; {common.Count:N0} have {common.Width} x {common.Height})");
    }

    private static string Colours(DatasetInfo info) =>
        info.Channels == 1 ? "grey" : info.Grey == 0 ? "colour" : Invariant($"colour, {info.Grey:N0} of them grey");

    private static string Duplicates(DatasetInfo info)
    {
        if (info.Duplicates.Count == 0)
            return "none";
        int differ = info.Duplicates.Count(d => d.LabelsDiffer);
        return Invariant($"{Plural(info.Duplicates.Count, "group", "groups")} of byte-equal pictures ({info.Duplicates.Sum(d => d.Files.Count):N0} files)")
            + (differ == 0 ? "" : Invariant($"; in {differ:N0} the labels differ:"));
    }

    private static string Inside(DatasetInfo info, string file) =>
        file.Length > info.Path.Length + 1 && file.StartsWith(info.Path, StringComparison.Ordinal) ? file[(info.Path.Length + 1)..] : file;

    private static string Numbers(IReadOnlyList<float> values) => string.Join(' ', values.Select(v => Invariant($"{v:0.0000}")));

    private static string Plural(int n, string one, string many) => Invariant($"{n:N0} {(n == 1 ? one : many)}");

    private static void Row(StringBuilder text, string name, string value) => text.Append("  ").Append(name.PadRight(13)).Append(value).Append('\n');

    private static List<string> Wrap(string sentence, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in sentence.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
