using System.Globalization;
using System.Text;

namespace Pictor.Training.Cleaning;

/// <summary>The report for a terminal.</summary>
internal static class CleaningText
{
    private const int Shown = 3;

    public static string Of(CleaningReport report)
    {
        var text = new StringBuilder();
        Row("data set", string.Create(CultureInfo.InvariantCulture, $"{report.Path}, {report.Samples:N0} pictures"));
        if (report.Leakage is { } leakage)
            Row("leakage", leakage);
        if (report.LabelErrors is { } source)
            Row("labels", string.Create(CultureInfo.InvariantCulture, $"{source.Judged:N0} judged by {source.Source}"));
        text.Append('\n');
        if (report.Counts.Count == 0)
            text.Append("  Nothing was found.\n");
        ILookup<string, IssueRow> rows = report.Issues.ToLookup(i => i.Problem, StringComparer.Ordinal);
        foreach (ProblemCount count in report.Counts)
        {
            string dropped = count.Dropped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count.Dropped:N0} to drop");
            text.Append(CultureInfo.InvariantCulture, $"  {count.Problem,-16} {count.Files,7:N0} {(count.Files == 1 ? "file" : "files")}{dropped}\n");
            foreach (IssueRow row in rows[count.Problem].Take(Shown))
                text.Append(CultureInfo.InvariantCulture, $"      {Inside(report.Path, row.File)}: {row.Detail}\n");
        }

        text.Append('\n');
        CleanedData c = report.Cleaned;
        string relabelled = c.Relabelled == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {c.Relabelled:N0} of them relabelled");
        Row(c.Manifest is null ? "would stay" : "written", string.Create(CultureInfo.InvariantCulture, $"{c.Kept:N0} pictures{relabelled}; {c.Dropped:N0} left out{(c.Manifest is null ? "" : ": " + c.Manifest)}"));
        if (report.Report is { } page)
            Row("report", page);
        return text.ToString();

        void Row(string name, string value) => text.Append("  ").Append(name.PadRight(13)).Append(value).Append('\n');
    }

    private static string Inside(string path, string file) =>
        file.Length > path.Length + 1 && file.StartsWith(path, StringComparison.Ordinal) ? file[(path.Length + 1)..] : file;
}
