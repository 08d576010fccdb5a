using System.Globalization;
using System.Text;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Datasets.Tables;

namespace Pictor.Training.Cleaning;

/// <summary><c>issues.csv</c>: <c>file,problem,severity,label,suggestion,group,action,detail</c>. People change the action (and the suggestion) and give it back.</summary>
internal static class IssueCsv
{
    private const int FaultsTold = 10;
    private const string Remedy = "Take the issues.csv that 'pictor dataset clean --out DIR' wrote, and change nothing but its last columns: action is keep, drop or relabel.";
    private static readonly string[] s_needed = ["file", "problem", "label", "suggestion", "action"];

    public static string Write(IEnumerable<CleaningIssue> issues)
    {
        var text = new StringBuilder("file,problem,severity,label,suggestion,group,action,detail\n");
        foreach (CleaningIssue i in issues)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvField.Quote(i.File)},{ProblemNames.Word(i.Problem)},{i.Severity:0.####},{CsvField.Quote(i.Label)},{CsvField.Quote(i.Suggestion)},{i.Group},");
            text.Append(CultureInfo.InvariantCulture, $"{i.Action.ToString().ToLowerInvariant()},{CsvField.Quote(i.Detail)}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads it back. Files are found by name; faults in several lines are told at once.</summary>
    /// <exception cref="InputException">The file is missing, is not such a table, or names what the data set does not have.</exception>
    public static IReadOnlyList<CleaningIssue> Read(string path, Dataset data)
    {
        string full = Path.GetFullPath(path);
        try
        {
            using var text = new StreamReader(full, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Rows(full, new CsvReader(text), data);
        }
        catch (CsvException e)
        {
            throw new InputException($"{full} line {e.Line}", e.Message, "Write the table as CSV (RFC 4180).", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(full, "it is not UTF-8 text", "Save the table as CSV in UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, File.Exists(full) ? $"it cannot be read ({e.Message})" : "there is no such file", Remedy, e);
        }
    }

    private static List<CleaningIssue> Rows(string path, CsvReader reader, Dataset data)
    {
        var fields = new List<string>();
        if (!reader.Read(fields))
            throw new InputException(path, "the file is empty", Remedy);
        string[] header = [.. fields.Select(f => f.Trim().ToLowerInvariant())];
        string[] missing = [.. s_needed.Where(n => !header.Contains(n, StringComparer.Ordinal))];
        if (missing.Length > 0)
            throw new InputException($"{path} line 1", $"there is no column {string.Join(", ", missing)}", Remedy);
        Dictionary<string, int> samples = data.Samples.ToDictionary(s => s.File, s => s.Index, StringComparer.Ordinal);
        var ids = data.Labels.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        var skipped = data.Skipped.Select(s => s.File).ToHashSet(StringComparer.Ordinal);
        var issues = new List<CleaningIssue>();
        var faults = new List<string>();
        while (reader.Read(fields))
        {
            if (Row(fields, header, samples, skipped, ids, data, out CleaningIssue? issue) is { } fault)
                faults.Add($"line {reader.Line}: {fault}");
            else
                issues.Add(issue!);
        }

        return faults.Count == 0
            ? issues
            : throw new InputException(path, string.Join("; ", faults.Take(FaultsTold)) + (faults.Count > FaultsTold ? $"; and {faults.Count - FaultsTold} lines more" : ""), Remedy);
    }

    private static string? Row(
        List<string> fields, string[] header, Dictionary<string, int> samples, HashSet<string> skipped, HashSet<string> ids, Dataset data, out CleaningIssue? issue)
    {
        issue = null;
        if (fields.Count != header.Length)
            return $"{fields.Count} columns, and the header has {header.Length}";
        string Of(string name) => Array.IndexOf(header, name) is >= 0 and var at ? fields[at] : "";
        string file = Of("file"), suggestion = Of("suggestion").Trim();
        if (ProblemNames.Parse(Of("problem")) is not { } problem)
            return $"problem '{Of("problem")}' is unknown{(NearestWord.Of(Of("problem"), ProblemNames.Words) is { } near ? $", did you mean '{near}'?" : "")}";
        if (!samples.TryGetValue(file, out int sample))
        {
            if (!skipped.Contains(file))
                return $"'{file}' is not in {data.Path}";
            sample = -1;
        }

        if (!Enum.TryParse(Of("action").Trim(), ignoreCase: true, out CleaningAction action) || !Enum.IsDefined(action) || char.IsAsciiDigit(Of("action").Trim()[0]))
            return $"action '{Of("action")}' is not keep, drop or relabel";
        if (action == CleaningAction.Relabel && (suggestion.Length == 0 || !suggestion.Split('|').All(ids.Contains)))
            return suggestion.Length == 0 ? "it is to be relabelled, and there is no suggestion" : $"suggestion '{suggestion}' is none of the {ids.Count} labels{(NearestWord.Of(suggestion, ids) is { } meant ? $", did you mean '{meant}'?" : "")}";
        _ = double.TryParse(Of("severity"), NumberStyles.Float, CultureInfo.InvariantCulture, out double severity);
        int? group = int.TryParse(Of("group"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        issue = new CleaningIssue(sample, file, problem, severity, Of("label"), suggestion, group, action, Of("detail"));
        return null;
    }
}
