using System.Globalization;
using System.Text;
using Pictor.Training.Drawing;
using Pictor.Training.Evaluation.Page;
using Pictor.Training.Runs;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Comparing;

/// <summary>A comparison of runs as one HTML file: what differs, what came out, the curves over each other.</summary>
public static class RunPage
{
    private const int Colours = 6;
    private const double Width = 460, Height = 340;

    /// <summary>The page.</summary>
    public static string Html(RunComparison comparison)
    {
        var body = new StringBuilder();
        Table(body, "What differs", comparison.Titles, comparison.Differences.Count == 0
            ? [["(the same recipe)", .. comparison.Runs.Select(_ => "")]]
            : [.. comparison.Differences.Select(d => (string[])[d.Field, .. d.Values.Select(RunText.Value)])]);
        Table(body, "What came out", comparison.Titles, [.. RunText.Figures(comparison)]);
        body.Append("<section><h2>Curves</h2><p class=\"legend\">");
        for (int i = 0; i < comparison.Titles.Count; i++)
            body.Append(CultureInfo.InvariantCulture, $"<span><svg width=\"22\" height=\"10\" aria-hidden=\"true\"><path class=\"curve {Style(i)}\" d=\"M1 5H21\"/></svg> {Safe(comparison.Titles[i])}</span> ");
        body.Append("</p><div class=\"charts\">")
            .Append(Chart("Validation accuracy", comparison, m => m.ValAccuracy, accuracy: true))
            .Append(Chart("Validation loss", comparison, m => m.ValLoss, accuracy: false))
            .Append(Chart("Training loss", comparison, m => m.TrainLoss, accuracy: false)).Append("</div></section>");
        foreach (ModelComparison models in comparison.Models)
            body.Append(PageComparison.Html(models));
        return PageFrame.Html("Comparison of runs", string.Join(", ", comparison.Titles), "", body.ToString(), "{\"names\":[],\"samples\":[],\"thumbs\":[]}");
    }

    private static string Chart(string title, RunComparison comparison, Func<EpochMetrics, double?> value, bool accuracy)
    {
        Curve[] curves = [.. comparison.Runs.Select((r, i) => new Curve("", Style(i), [.. r.Metrics.Where(m => value(m) is not null).Select(m => ((double)m.Epoch, value(m)!.Value))], Marked: true))];
        Scale x = Scale.Counts(1, Math.Max(2, comparison.Runs.Max(r => r.Metrics.Count == 0 ? 1 : r.Metrics[^1].Epoch)));
        Scale y = Scale.Around(curves.SelectMany(c => c.Points).Select(p => p.Y), floor: accuracy ? null : 0, ceiling: accuracy ? 1 : double.MaxValue);
        var svg = new Svg();
        svg.Raw($"<svg viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"{title}\">");
        new Plot(title, "epoch", x, y, curves)
        {
            YText = accuracy ? tick => (tick * 100).ToString(y.Max - y.Min < 0.05 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %" : null,
        }.Draw(svg, 0, 0, Width, Height);
        return svg.Raw("</svg>").ToString();
    }

    private static void Table(StringBuilder html, string title, IReadOnlyList<string> titles, IReadOnlyList<string[]> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{title}</h2><div class=\"scroll\"><table class=\"plain\"><thead><tr><td></td>");
        foreach (string name in titles)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Safe(name)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(row[0])}</th>");
            foreach (string cell in row.Skip(1))
                html.Append(CultureInfo.InvariantCulture, $"<td>{Safe(cell)}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table></div></section>");
    }

    private static string Style(int run) => $"s{(run % Colours) + 1}";
}
