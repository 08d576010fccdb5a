using System.Globalization;
using System.Text;
using Pictor.Metrics;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>The sections of the page, top to bottom.</summary>
internal static class PageSections
{
    private const int SkippedShown = 200;
    private const int PairsOpen = 12;
    private const int PairsShown = 200;

    public static string Summary(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        Findings more = judgement.Findings;
        var html = new StringBuilder("<section class=\"tiles\">");
        PageTiles.Tile(html, "Accuracy", Percent(f.Accuracy, 2), "with 95 % certainty", PageTiles.Between(f.AccuracyInterval, v => Percent(v, 1)));
        if (f.Top5 is { } top5)
            PageTiles.Tile(html, "Among the first five", Percent(top5, 2), "the right class is one of the five likeliest answers");
        PageTiles.Tile(html, "F1, mean of classes", Figure(f.Macro.F1), "right and complete at once; every class counts the same", PageTiles.Between(more.Intervals.MacroF1, v => Short(v)));
        PageTiles.Tile(html, "AUC, mean of classes", Figure(f.MacroAuc), "chance that a picture of a class ranks above another one; 0.5 is guessing");
        PageTiles.Tile(html, "Log loss", Figure(f.LogLoss), "punishes sure wrong answers; 0 is perfect", PageTiles.Between(more.Intervals.LogLoss, v => Short(v)));
        PageTiles.Tile(html, "Brier score", Figure(more.Brier), "squared gap between probabilities and truth; 0 is perfect, 2 the worst", PageTiles.Between(more.Intervals.Brier, v => Short(v)));
        PageTiles.Tile(html, "Calibration error", Percent(f.CalibrationError, 1), "mean gap between how sure it is and how often it is right", PageTiles.Between(more.Intervals.CalibrationError, v => Percent(v, 1)));
        return html.Append("</section>").ToString();

        static string Short(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
    }

    public static string Strips(Judgement judgement)
    {
        if (judgement.Thumbnail is null)
            return "";
        return """
            <section><h2>Worth a look</h2>
            <h3>Wrong, and sure of it <span>often a wrong label in the data</span></h3><div class="cards strip" id="strip-wrong"></div>
            <h3>Least certain <span>where more training pictures help most</span></h3><div class="cards strip" id="strip-unsure"></div>
            </section>
            """;
    }

    public static string Confusions(Judgement judgement)
    {
        IReadOnlyList<Confusion> worst = Confusion.WorstFirst(judgement.Figures.Confusion);
        var html = new StringBuilder("<section><h2>What is taken for what</h2>");
        if (worst.Count == 0)
            return html.Append("<p>Nothing: every answer was right.</p></section>").ToString();
        html.Append("<p>Most frequent first. Choose a line to see the pictures behind it.</p><ol class=\"pairs\">");
        for (int i = 0; i < Math.Min(worst.Count, PairsShown); i++)
        {
            Confusion c = worst[i];
            html.Append(CultureInfo.InvariantCulture,
                $"<li{(i >= PairsOpen ? " class=\"more\" hidden" : "")}><button type=\"button\" data-show=\"pair:{c.Truth}:{c.Answer}\"><b>{Count(c.Count)}</b><span>{Safe(judgement.Names[c.Truth])} <i>taken for</i> {Safe(judgement.Names[c.Answer])}</span><small>{Percent((double)c.Count / c.Support, 1)} of its pictures</small></button></li>");
        }

        html.Append("</ol>");
        if (worst.Count > PairsOpen)
            html.Append(CultureInfo.InvariantCulture, $"<p><button type=\"button\" class=\"link\" data-more=\".pairs .more\">Show {(worst.Count > PairsShown ? $"the first {PairsShown}" : "all")} of {Count(worst.Count)} pairs</button></p>");
        return html.Append(HeatMap.Html(judgement)).Append("</section>").ToString();
    }

    public static string ByClass(Judgement judgement)
    {
        var html = new StringBuilder("<section><h2>Class by class</h2><p>Precision: of the answers that name the class, how many are right. Recall: of the pictures of the class, how many are found. ")
            .Append("Choose a heading to sort, a class to see its wrong answers and its curves.</p>");
        if (judgement.Names.Count > 20)
            html.Append("<p><input type=\"search\" id=\"filter\" placeholder=\"Find a class\" aria-label=\"Find a class\"></p>");
        html.Append("<div class=\"scroll\"><table id=\"classes\"><thead><tr>");
        foreach (string heading in (string[])["class", "pictures", "precision", "recall", "F1", "AUC", "average precision"])
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><button type=\"button\">{heading}</button></th>");
        html.Append("</tr></thead><tbody>");
        for (int k = 0; k < judgement.Names.Count; k++)
        {
            ClassFigures c = judgement.Figures.Classes[k];
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><button type=\"button\" data-show=\"class:{k}\">{Safe(judgement.Names[k])}</button></th><td data-value=\"{c.Support}\">{Count(c.Support)}</td>");
            foreach (double value in (double[])[c.Precision, c.Recall, c.F1])
                html.Append(CultureInfo.InvariantCulture, $"<td data-value=\"{Value(value)}\"><span class=\"meter\" style=\"--v:{Value(value)}\"></span>{Figure(value)}</td>");
            foreach (double value in (double[])[c.Auc, c.AveragePrecision])
                html.Append(CultureInfo.InvariantCulture, $"<td data-value=\"{Value(value)}\">{Figure(value)}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody><tfoot>");
        Average(html, "mean of classes", judgement.Figures.Macro);
        Average(html, "weighted by pictures", judgement.Figures.Weighted);
        return html.Append("</tfoot></table></div></section>").ToString();
    }

    public static string Curves(Judgement judgement, IReadOnlyList<RankedScores> ranked)
    {
        var html = new StringBuilder("<section id=\"curves\"><h2>Curves</h2><p>What happens when only answers above a threshold count. The nearer to the upper corner, the better. <label>Show also the class <select id=\"curve-class\"><option value=\"\">none</option>");
        for (int k = 0; k < judgement.Names.Count; k++)
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{k}\">{Safe(judgement.Names[k])}</option>");
        return html.Append("</select></label> <span id=\"curve-note\" class=\"class-note\"></span></p><div class=\"charts\">").Append(PageCharts.Roc(ranked, judgement.Figures.MacroAuc))
            .Append(PageCharts.PrecisionRecall(ranked, judgement.Figures.MacroAveragePrecision)).Append("</div></section>").ToString();
    }

    public static string Skipped(IReadOnlyList<SkippedFile> skipped)
    {
        if (skipped.Count == 0)
            return "";
        var html = new StringBuilder($"<section id=\"skipped\"><h2>Left out</h2><details{(skipped.Count <= 20 ? " open" : "")}><summary>{Count(skipped.Count)} {(skipped.Count == 1 ? "file" : "files")}</summary><ul class=\"files\">");
        foreach (SkippedFile file in skipped.Take(SkippedShown))
            html.Append(CultureInfo.InvariantCulture, $"<li><code>{Safe(file.File)}</code> {Safe(file.Reason)}</li>");
        if (skipped.Count > SkippedShown)
            html.Append(CultureInfo.InvariantCulture, $"<li>and {Count(skipped.Count - SkippedShown)} more; report.json lists all</li>");
        return html.Append("</ul></details></section>").ToString();
    }

    public static string Facts(JudgedPictures judgement)
    {
        var html = new StringBuilder("<footer><dl>");
        if (judgement.Model is { } model)
            Fact("Model", $"{Safe(model.Name)}@{Safe(model.Version)}, SHA-256 <code>{Safe(model.Sha256)}</code>");
        Fact(judgement.Model is null ? "Predictions" : "Data", $"{Safe(judgement.Source)}{(judgement.Data.Split is { } split ? $", part <b>{Safe(split)}</b>" : "")}");
        Fact("Fingerprint", $"<code>{Safe(judgement.Data.Fingerprint)}</code>");
        Fact("Method", "Figures as scikit-learn's; interval of the accuracy by Wilson, others by bootstrap (1,000 draws, percentiles); calibration error over 15 equal ranges of confidence. All predictions are in predictions.csv, all figures in report.json.");
        return html.Append("</dl></footer>").ToString();

        void Fact(string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{value}</dd>");
    }

    private static void Average(StringBuilder html, string name, AverageFigures average) =>
        html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td></td><td>{Figure(average.Precision)}</td><td>{Figure(average.Recall)}</td><td>{Figure(average.F1)}</td><td></td><td></td></tr>");

    private static string Value(double value) => double.IsNaN(value) ? "-1" : Math.Round(value, 6).ToString("R", CultureInfo.InvariantCulture);
}
