using System.Globalization;
using System.Text;
using Pictor.Metrics;
using Pictor.Training.Comparing;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>report.txt: scikit-learn's table, then what else matters.</summary>
internal static class ReportText
{
    private const int SkippedShown = 20;
    private const int ConfusionsShown = 10;
    private const int SlicesShown = 10;

    public static string Of(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        Findings more = judgement.Findings;
        var text = new StringBuilder(ClassificationText.Table(f, judgement.Names));
        text.Append('\n');
        Line(text, "samples", f.Samples.ToString(CultureInfo.InvariantCulture));
        Line(text, "accuracy", $"{Percent(f.Accuracy)}, 95 % interval {Percent(f.AccuracyInterval.Low)} to {Percent(f.AccuracyInterval.High)}");
        if (f.Top5 is { } top5)
            Line(text, "top-5 accuracy", Percent(top5));
        Line(text, "AUC", $"macro {Number(f.MacroAuc)}, micro {Number(f.MicroAuc)}");
        Line(text, "average precision", $"macro {Number(f.MacroAveragePrecision)}");
        Line(text, "log loss", Number(f.LogLoss));
        Line(text, "Brier score", Number(more.Brier));
        Line(text, "calibration error", $"{Number(f.CalibrationError)}, at the best temperature {more.Temperature.ToString("0.00", CultureInfo.InvariantCulture)}: {Number(more.ScaledCalibrationError)}");
        Line(text, "answering", Answering(more));
        AppendFacts(text, judgement);
        int absent = f.Classes.Count(c => c.Support == 0);
        if (absent > 0)
            Line(text, "absent", $"{absent} of {f.Classes.Count} classes have no picture here: 0 in the macro averages above, left out of AUC and average precision");
        AppendConfusions(text, judgement);
        AppendSlices(text, SliceReport.Of([.. more.Slices.Where(s => s.By != "class")]), share: true);
        if (judgement.Comparison is { } comparison)
            text.Append('\n').Append(ComparisonReport.Text(comparison));
        AppendSkipped(text, judgement.Skipped);
        return text.ToString();
    }

    /// <summary>Model, data and leakage: the same for every task.</summary>
    internal static void AppendFacts(StringBuilder text, JudgedPictures judged)
    {
        if (judged.Model is { } model)
            Line(text, "model", $"{model.Name}@{model.Version} (sha256 {model.Sha256[..Math.Min(16, model.Sha256.Length)]})");
        if (judged.Calibration is { } calibration)
            Line(text, "calibrated", string.Create(CultureInfo.InvariantCulture, $"temperature {calibration.Temperature:0.###}, fitted on {calibration.Samples} pictures"));
        Line(text, "data", judged.Data.Split is { } split ? $"{judged.Source}, {split}" : judged.Source);
        if (judged.Leakage is { } leakage)
            Line(text, "leak", leakage.Sentence());
    }

    /// <summary>The surely worst parts.</summary>
    internal static void AppendSlices(StringBuilder text, IReadOnlyList<SliceReport> slices, bool share)
    {
        slices = [.. slices.Where(s => s.Samples >= Slice.FewestShown)];
        if (slices.Count == 0)
            return;
        text.Append("\nworst parts\n");
        foreach (SliceReport s in slices.Take(SlicesShown))
        {
            string figure = share ? $"{Percent(s.Figure)} ({Percent(s.Low)} to {Percent(s.High)})" : $"{TaskReportText.Plain(s.Figure)} ({TaskReportText.Plain(s.Low)} to {TaskReportText.Plain(s.High)})";
            text.Append(CultureInfo.InvariantCulture, $"  {s.By} {s.Value}: {figure}, {s.Samples} pictures\n");
        }

        if (slices.Count > SlicesShown)
            text.Append(CultureInfo.InvariantCulture, $"  and {slices.Count - SlicesShown} more; report.json lists all\n");
    }

    private static string Answering(Findings more)
    {
        SelectivePoint point = more.Selective[80];
        return point.Answered == 0 ? "no answer is 80 % sure" : $"at 0.80 it answers {Percent(point.Coverage)} of the pictures, {Percent(point.Accuracy)} of them rightly";
    }

    private static void AppendConfusions(StringBuilder text, Judgement judgement)
    {
        IReadOnlyList<Confusion> worst = Confusion.WorstFirst(judgement.Figures.Confusion);
        if (worst.Count == 0)
            return;
        text.Append("\nmost frequent confusions\n");
        foreach (Confusion c in worst.Take(ConfusionsShown))
            text.Append(CultureInfo.InvariantCulture, $"  {c.Count,6}  {judgement.Names[c.Truth]} taken for {judgement.Names[c.Answer]} ({Percent((double)c.Count / c.Support)} of its pictures)\n");
        if (worst.Count > ConfusionsShown)
            text.Append(CultureInfo.InvariantCulture, $"  and {worst.Count - ConfusionsShown} more pairs\n");
    }

    internal static void AppendSkipped(StringBuilder text, IReadOnlyList<SkippedFile> skipped)
    {
        if (skipped.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\nleft out ({skipped.Count})\n");
        foreach (SkippedFile file in skipped.Take(SkippedShown))
            text.Append(CultureInfo.InvariantCulture, $"  {file.File}: {file.Reason}\n");
        if (skipped.Count > SkippedShown)
            text.Append(CultureInfo.InvariantCulture, $"  and {skipped.Count - SkippedShown} more; report.json lists all\n");
    }

    internal static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name,-18} {value}\n");

    internal static string Percent(double value) => (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    internal static string Number(double value) => double.IsNaN(value) ? "undefined" : ClassificationText.Number(value);
}
