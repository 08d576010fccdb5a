using System.Globalization;
using System.Text;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>report.txt: scikit-learn's table, then what else matters.</summary>
internal static class ReportText
{
    private const int SkippedShown = 20;
    private const int ConfusionsShown = 10;

    public static string Of(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        var text = new StringBuilder(ClassificationText.Table(f, judgement.Names));
        text.Append('\n');
        Line(text, "samples", f.Samples.ToString(CultureInfo.InvariantCulture));
        Line(text, "accuracy", $"{Percent(f.Accuracy)}, 95 % interval {Percent(f.AccuracyInterval.Low)} to {Percent(f.AccuracyInterval.High)}");
        if (f.Top5 is { } top5)
            Line(text, "top-5 accuracy", Percent(top5));
        Line(text, "AUC", $"macro {Number(f.MacroAuc)}, micro {Number(f.MicroAuc)}");
        Line(text, "average precision", $"macro {Number(f.MacroAveragePrecision)}");
        Line(text, "log loss", Number(f.LogLoss));
        Line(text, "calibration error", Number(f.CalibrationError));
        if (judgement.Model is { } model)
            Line(text, "model", $"{model.Name}@{model.Version} (sha256 {model.Sha256[..Math.Min(16, model.Sha256.Length)]})");
        Line(text, "data", judgement.Data.Split is { } split ? $"{judgement.Source}, {split}" : judgement.Source);
        int absent = f.Classes.Count(c => c.Support == 0);
        if (absent > 0)
            Line(text, "absent", $"{absent} of {f.Classes.Count} classes have no picture here: 0 in the macro averages above, left out of AUC and average precision");
        if (judgement.Leaked is { } leaked and > 0)
            Line(text, "leak", $"{leaked} of the judged pictures are byte-equal to training pictures: the figures are too good");
        AppendConfusions(text, judgement);
        AppendSkipped(text, judgement.Skipped);
        return text.ToString();
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

    private static void AppendSkipped(StringBuilder text, IReadOnlyList<SkippedFile> skipped)
    {
        if (skipped.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\nleft out ({skipped.Count})\n");
        foreach (SkippedFile file in skipped.Take(SkippedShown))
            text.Append(CultureInfo.InvariantCulture, $"  {file.File}: {file.Reason}\n");
        if (skipped.Count > SkippedShown)
            text.Append(CultureInfo.InvariantCulture, $"  and {skipped.Count - SkippedShown} more; report.json lists all\n");
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name,-18} {value}\n");

    private static string Percent(double value) => (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => double.IsNaN(value) ? "undefined" : ClassificationText.Number(value);
}
