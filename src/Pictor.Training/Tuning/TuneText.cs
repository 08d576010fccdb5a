using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Pictor.Training.Tuning;

/// <summary>A search as text.</summary>
public static class TuneText
{
    private const int Shown = 15;

    /// <summary>The best trials, what mattered, and what to do next.</summary>
    public static string Of(TuneRecord record)
    {
        var text = new StringBuilder();
        foreach (string[] row in Rows(record, Shown))
            text.Append(string.Join("  ", row)).Append('\n');
        int hidden = record.Trials.Count - Shown;
        if (hidden > 0)
            text.Append(CultureInfo.InvariantCulture, $"... and {hidden} more in {TuneRecord.FileName}\n");
        text.Append('\n').Append(Verdict(record)).Append('\n');
        foreach (Importance i in record.Importance.Where(i => i.Share is not null))
            text.Append(CultureInfo.InvariantCulture, $"{i.Field}: {MatteredText(i)}\n");
        if (record.Best is { } best)
        {
            text.Append(CultureInfo.InvariantCulture, $"{best.Model}\nThe best of many looks better than it is. Judge it: pictor evaluate --model {best.Model} --data {record.Data}\n");
            text.Append(CultureInfo.InvariantCulture, $"Train with it: pictor train --data {record.Data} --recipe {best.Recipe}\n");
        }

        return text.ToString();
    }

    /// <summary>Whether it paid, in a sentence or two.</summary>
    internal static string Verdict(TuneRecord record)
    {
        if (record.Best is not { } best)
            return "No trial has ended with figures.";
        TrialRun? defaults = record.Trials.FirstOrDefault(t => t is { Trial: 0, State: TrialRun.Finished });
        string Figure(double? accuracy, double? loss) => accuracy is { } a && record.By != "valLoss" ? Percent(a) + " right on validation" : Plain($"a validation loss of {loss:0.0000}");
        string has = Figure(best.ValAccuracy, best.ValLoss);
        if (best.Trial == 0)
            return $"The defaults were not beaten: {has}.";
        if (defaults is null)
            return $"Trial {best.Trial} is the best: {has}. The defaults came to nothing.";
        string gain = record.By == "valLoss" ? Plain($"{best.Gain:0.0000} less") : Plain($"{best.Gain * 100:0.00} points more");
        return $"Trial {best.Trial} is the best: {has}, {gain} than the defaults ({Figure(defaults.ValAccuracy, defaults.ValLoss)}).";
    }

    internal static string MatteredText(Importance i)
    {
        string word = i.Share switch { >= 0.4 => "mattered most", >= 0.15 => "mattered", >= 0.05 => "mattered a little", _ => "no more than chance" };
        string direction = i.Correlation is { } c && Math.Abs(c) >= 0.4 && i.Share >= 0.05 ? c > 0 ? ", more was better" : ", less was better" : "";
        return Plain($"{word} (explains {i.Share * 100:0} % of the ranks){direction}; best: {i.Best}");
    }

    /// <summary>What is said after a run.</summary>
    internal static string Line(TrialRun run, TuneRecord record)
    {
        string figures = run.State == TrialRun.Finished ? Figures(run) : $"{run.State}: {run.Reason}";
        string name = run.Trial == 0 ? "defaults" : $"trial {run.Trial,3}";
        string epochs = Plain($"{run.Epochs,3} {(run.Epochs == 1 ? "epoch " : "epochs")}");
        TrialRun? best = record.Trials.Where(t => t.State == TrialRun.Finished).Order(record.Order()).FirstOrDefault();
        string mark = best?.Folder == run.Folder ? "  best so far" : "";
        return Plain($"{name}  {epochs}  {figures}  {run.Seconds:0.0} s{(run.Trial == 0 ? "" : "  " + Settings(run.Settings))}{mark}");
    }

    internal static IEnumerable<TrialRun> Sorted(TuneRecord record) => record.Trials.Order(record.Order());

    internal static string Settings(JsonObject settings) => settings.Count == 0 ? "(the defaults)" : string.Join(", ", settings.Select(s => $"{Short(s.Key)} {Importance.Word(s.Value)}"));

    /// <summary>A field without its group where that is clear enough.</summary>
    internal static string Short(string field) => field[(field.LastIndexOf('.') + 1)..];

    internal static string Percent(double value) => Plain($"{value * 100:0.00} %");

    private static IEnumerable<string[]> Rows(TuneRecord record, int most)
    {
        TrialRun[] runs = [.. Sorted(record).Take(most)];
        List<string[]> rows = [["trial", "epochs", "accuracy", "loss", "time", "settings"]];
        rows.AddRange(runs.Select(r => (string[])[
            r.Trial == 0 ? "defaults" : r.Trial.ToString(CultureInfo.InvariantCulture), r.Epochs.ToString(CultureInfo.InvariantCulture), r.ValAccuracy is { } a ? Percent(a) : "-",
            r.ValLoss is { } l ? Plain($"{l:0.0000}") : "-", Plain($"{r.Seconds:0} s"), r.State == TrialRun.Finished ? Settings(r.Settings) : $"{Settings(r.Settings)} ({r.State}: {r.Reason})"]));
        int[] widths = [.. Enumerable.Range(0, 6).Select(c => rows.Max(r => r[c].Length))];
        return rows.Select(r => r.Select((cell, c) => c == 5 ? cell : cell.PadLeft(widths[c])).ToArray());
    }

    private static string Figures(TrialRun run) => (run.ValAccuracy is { } a ? $"{Percent(a),8}  " : "") + Plain($"loss {run.ValLoss:0.0000}");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
