using System.Globalization;
using System.Text;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>report.txt where a picture has several classes or a number.</summary>
internal static class TaskReportText
{
    public static string Of(JudgedPictures judged, EvaluationReport report)
    {
        var text = new StringBuilder();
        if (judged is MultiLabelJudgement many)
            Many(text, many, report);
        else if (judged is RegressionJudgement numbers)
            Numbers(text, numbers, report);
        ReportText.AppendFacts(text, judged);
        ReportText.AppendSlices(text, report.Slices, share: judged is MultiLabelJudgement);
        ReportText.AppendSkipped(text, judged.Skipped);
        return text.ToString();
    }

    private static void Many(StringBuilder text, MultiLabelJudgement judged, EvaluationReport report)
    {
        MultiLabelFigures f = judged.Figures;
        int width = Math.Max(12, judged.Names.Max(n => n.Length));
        text.Append(CultureInfo.InvariantCulture, $"{new string(' ', width)}  precision    recall  f1-score   support        AP\n\n");
        for (int k = 0; k < judged.Names.Count; k++)
            Row(judged.Names[k], f.Classes[k].Precision, f.Classes[k].Recall, f.Classes[k].F1, f.Classes[k].Support, f.Classes[k].AveragePrecision);
        text.Append('\n');
        Row("micro avg", f.Micro.Precision, f.Micro.Recall, f.Micro.F1, f.Samples, double.NaN);
        Row("macro avg", f.Macro.Precision, f.Macro.Recall, f.Macro.F1, f.Samples, f.MacroAveragePrecision);
        text.Append('\n');
        ReportText.Line(text, "samples", f.Samples.ToString(CultureInfo.InvariantCulture));
        ReportText.Line(text, "exact match", $"{ReportText.Percent(f.ExactMatch)}{Interval(report, "exactMatch", 100, " %")}");
        ReportText.Line(text, "micro F1", $"{ReportText.Number(f.Micro.F1)}{Interval(report, "microF1", 1, "")}");
        ReportText.Line(text, "mAP", ReportText.Number(f.MacroAveragePrecision));
        ReportText.Line(text, "Hamming loss", ReportText.Number(f.HammingLoss));
        ReportText.Line(text, "log loss", ReportText.Number(f.LogLoss));
        ReportText.Line(text, "Brier score", ReportText.Number(f.Brier));

        void Row(string name, double precision, double recall, double f1, int support, double ap) => text.Append(CultureInfo.InvariantCulture,
            $"{name.PadLeft(width)}  {ReportText.Number(precision),9} {ReportText.Number(recall),9} {ReportText.Number(f1),9} {support,9} {(double.IsNaN(ap) ? "" : ReportText.Number(ap)),9}\n");
    }

    private static void Numbers(StringBuilder text, RegressionJudgement judged, EvaluationReport report)
    {
        RegressionFigures f = judged.Figures;
        ReportText.Line(text, "samples", f.Samples.ToString(CultureInfo.InvariantCulture));
        ReportText.Line(text, "mean abs. error", $"{Plain(f.MeanAbsoluteError)}{Interval(report, "meanAbsoluteError", 1, "")}");
        ReportText.Line(text, "root mean squared", $"{Plain(f.RootMeanSquaredError)}{Interval(report, "rootMeanSquaredError", 1, "")}");
        ReportText.Line(text, "R2", $"{ReportText.Number(f.R2)}{Interval(report, "r2", 1, "")}");
        ReportText.Line(text, "median abs. error", Plain(f.MedianAbsoluteError));
        ReportText.Line(text, "largest error", Plain(f.MaximumError));
        ReportText.Line(text, "bias", Plain(f.Bias));
        ReportText.Line(text, "Spearman", ReportText.Number(f.Spearman));
    }

    internal static string Plain(double value) => double.IsNaN(value) ? "undefined" : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Interval(EvaluationReport report, string name, double factor, string unit) =>
        report.Intervals?.TryGetValue(name, out ConfidenceInterval interval) == true && double.IsFinite(interval.Low)
            ? string.Create(CultureInfo.InvariantCulture, $", 95 % interval {interval.Low * factor:G4}{unit} to {interval.High * factor:G4}{unit}")
            : "";
}
