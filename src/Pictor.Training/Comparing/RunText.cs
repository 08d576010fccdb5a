using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Pictor.Training.Comparing;

/// <summary>Runs as tables of text.</summary>
public static class RunText
{
    /// <summary>A line for each run.</summary>
    public static string List(IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
            return "No run is there. 'pictor train --data DATA' starts one.";
        string[] names = [.. runs.Select(r => Path.GetFileName(r.Folder))];
        return Table(
            ["run", "network", "data", "epochs", "best", "last", "loss", "time", "state"],
            [.. runs.Select((r, i) => (string[])[names[i], r.Network, Path.GetFileName(r.Data.TrimEnd('/', '\\')), $"{r.Epochs}/{r.PlannedEpochs}", Percent(r.BestValAccuracy), Percent(r.ValAccuracy), Number(r.ValLoss), Time(r.Seconds), r.State])]);
    }

    /// <summary>Runs as columns: what differs, then what came out, then who is better.</summary>
    public static string Compare(RunComparison comparison)
    {
        string[] head = ["", .. comparison.Titles];
        var rows = new List<string[]>();
        foreach (RunDifference difference in comparison.Differences)
            rows.Add([difference.Field, .. difference.Values.Select(Value)]);
        if (rows.Count == 0)
            rows.Add(["(the same recipe)", .. comparison.Runs.Select(_ => "")]);
        rows.Add([.. head.Select(_ => "")]);
        rows.AddRange(Figures(comparison));
        var text = new StringBuilder(Table(head, rows));
        foreach (ModelComparison models in comparison.Models)
            text.Append('\n').Append(ComparisonReport.Text(models));
        return text.ToString();
    }

    internal static IEnumerable<string[]> Figures(RunComparison comparison) =>
    [
        ["epochs", .. comparison.Runs.Select(r => $"{r.Epochs}/{r.PlannedEpochs}")],
        ["best accuracy", .. comparison.Runs.Select(r => r.BestEpoch is { } epoch ? $"{Percent(r.BestValAccuracy)} (epoch {epoch})" : "-")],
        ["last accuracy", .. comparison.Runs.Select(r => Percent(r.ValAccuracy))],
        ["validation loss", .. comparison.Runs.Select(r => Number(r.ValLoss))],
        ["training loss", .. comparison.Runs.Select(r => Number(r.TrainLoss))],
        ["time", .. comparison.Runs.Select(r => Time(r.Seconds))],
        ["state", .. comparison.Runs.Select(r => r.State)],
    ];

    internal static string Value(JsonNode? value) => value is null ? "-" : value is JsonValue text && text.TryGetValue(out string? word) ? word : value.ToJsonString();

    private static string Table(string[] head, List<string[]> rows)
    {
        int[] widths = [.. head.Select((h, c) => Math.Max(h.Length, rows.Count == 0 ? 0 : rows.Max(r => r[c].Length)))];
        var text = new StringBuilder();
        foreach (string[] row in rows.Prepend(head))
            text.Append(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static string Percent(double? value) => value is { } v ? (v * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "-";

    private static string Number(double? value) => value is { } v && double.IsFinite(v) ? v.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Time(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s");
}
