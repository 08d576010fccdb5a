using System.Globalization;
using System.Text;
using Pictor.Metrics;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>report.html where a picture has several classes or a number.</summary>
internal static class TaskPage
{
    private const int Cards = 18;

    public static string Of(JudgedPictures judged, EvaluationReport report, IProgress<Progress>? progress)
    {
        progress?.Report(new Progress("Collecting pictures for the report", 0));
        string title = judged.Model is { } model ? $"{model.Name}@{model.Version}" : Path.GetFileName(judged.Source);
        string body = judged switch
        {
            MultiLabelJudgement many => Many(many, report),
            RegressionJudgement numbers => Numbers(numbers, report),
            _ => throw new InvalidOperationException($"No page for {judged.GetType()}."),
        };
        return PageFrame.Html("Evaluation", title, PageNotes.Html(judged), body + PageSections.Skipped(judged.Skipped) + PageSections.Facts(judged), "{\"names\":[],\"samples\":[],\"thumbs\":[]}");
    }

    private static string Many(MultiLabelJudgement judged, EvaluationReport report)
    {
        MultiLabelFigures f = judged.Figures;
        var html = new StringBuilder("<section class=\"tiles\">");
        PageTiles.Tile(html, "Exact match", Percent(f.ExactMatch, 2), PageTiles.Between(report, "exactMatch", v => Percent(v, 1)) ?? "pictures without a wrong decision");
        PageTiles.Tile(html, "F1, all decisions", Figure(f.Micro.F1), PageTiles.Between(report, "microF1", Figure) ?? "");
        PageTiles.Tile(html, "F1, mean of classes", Figure(f.Macro.F1), PageTiles.Between(report, "macroF1", Figure) ?? "");
        PageTiles.Tile(html, "mAP", Figure(f.MacroAveragePrecision), "mean average precision of the classes");
        PageTiles.Tile(html, "Hamming loss", Percent(f.HammingLoss, 2), "wrong decisions among all pairs of picture and class");
        PageTiles.Tile(html, "Calibration error", Percent(report.CalibrationError, 1), "mean gap between a probability and how often it comes true");
        html.Append("</section>").Append(PageSlices.Html(report.Slices, "exact match"));
        html.Append("<section><h2>Class by class</h2><p>At each class's threshold. Choose a heading to sort.</p><div class=\"scroll\"><table id=\"classes\"><thead><tr>");
        foreach (string heading in (string[])["class", "pictures", "threshold", "precision", "recall", "F1", "average precision"])
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><button type=\"button\">{heading}</button></th>");
        html.Append("</tr></thead><tbody>");
        for (int k = 0; k < judged.Names.Count; k++)
        {
            ClassFigures c = f.Classes[k];
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(judged.Names[k])}</th><td data-value=\"{c.Support}\">{Count(c.Support)}</td>");
            foreach (double value in (double[])[judged.Thresholds[k], c.Precision, c.Recall, c.F1, c.AveragePrecision])
                html.Append(CultureInfo.InvariantCulture, $"<td data-value=\"{(double.IsNaN(value) ? -1 : value)}\">{Figure(value)}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table></div></section><section><h2>Confidence</h2><div class=\"charts\">").Append(PageCharts.Reliability(f.Reliability, shows: false)).Append("</div></section>");
        return Worst(html, judged, [.. Enumerable.Range(0, f.Samples).Where(i => !judged.IsExact(i)).OrderByDescending(i => Loss(judged, i)).Take(Cards)], i => Says(judged, i)).ToString();
    }

    private static string Numbers(RegressionJudgement judged, EvaluationReport report)
    {
        RegressionFigures f = judged.Figures;
        var html = new StringBuilder("<section class=\"tiles\">");
        PageTiles.Tile(html, "Mean absolute error", TaskReportText.Plain(f.MeanAbsoluteError), PageTiles.Between(report, "meanAbsoluteError", TaskReportText.Plain) ?? "");
        PageTiles.Tile(html, "Root mean squared error", TaskReportText.Plain(f.RootMeanSquaredError), PageTiles.Between(report, "rootMeanSquaredError", TaskReportText.Plain) ?? "");
        PageTiles.Tile(html, "R2", Figure(f.R2), PageTiles.Between(report, "r2", Figure) ?? "share of the variance that is explained");
        PageTiles.Tile(html, "Median error", TaskReportText.Plain(f.MedianAbsoluteError), "half of the pictures are nearer than this");
        PageTiles.Tile(html, "Bias", TaskReportText.Plain(f.Bias), "how much it says too much on average");
        PageTiles.Tile(html, "Rank correlation", Figure(f.Spearman), "Spearman's: whether the order is right");
        html.Append("</section><section><h2>Predicted over true</h2><div class=\"charts\">").Append(PageCharts.Scatter(judged.Targets, judged.Values)).Append("</div></section>");
        html.Append(PageSlices.Html(report.Slices, "mean absolute error"));
        return Worst(html, judged, [.. Enumerable.Range(0, f.Samples).OrderByDescending(i => Math.Abs(judged.Values[i] - judged.Targets[i])).Take(Cards)],
            i => $"<div class=\"is\">{TaskReportText.Plain(judged.Targets[i])}</div><div class=\"says wrong\">says {TaskReportText.Plain(judged.Values[i])}</div>").ToString();
    }

    private static StringBuilder Worst(StringBuilder html, JudgedPictures judged, int[] worst, Func<int, string> says)
    {
        if (judged.Thumbnail is null || worst.Length == 0)
            return html;
        html.Append("<section><h2>The worst</h2><div class=\"cards\">");
        foreach (int i in worst)
        {
            if (judged.Thumbnail(i) is { } picture)
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"card\"><img alt=\"\" src=\"{picture}\">{says(i)}<div class=\"file\" title=\"{Safe(judged.Files[i])}\">{Safe(Path.GetFileName(judged.Files[i]))}</div></div>");
        }

        return html.Append("</div></section>");
    }

    private static double Loss(MultiLabelJudgement judged, int sample)
    {
        double loss = 0;
        for (int k = 0; k < judged.Names.Count; k++)
            loss = Math.Max(loss, Math.Abs((judged.Table.Truth(sample)[k] ? 1 : 0) - judged.Table.Scores(sample)[k]));
        return loss;
    }

    private static string Says(MultiLabelJudgement judged, int sample)
    {
        var missed = new List<string>();
        var added = new List<string>();
        for (int k = 0; k < judged.Names.Count; k++)
        {
            bool named = judged.Table.Scores(sample)[k] >= judged.Thresholds[k];
            if (named != judged.Table.Truth(sample)[k])
                (named ? added : missed).Add(Safe(judged.Names[k]));
        }

        return (missed.Count > 0 ? $"<div class=\"is\">missed: {string.Join(", ", missed)}</div>" : "") + (added.Count > 0 ? $"<div class=\"says wrong\">wrongly: {string.Join(", ", added)}</div>" : "");
    }
}
