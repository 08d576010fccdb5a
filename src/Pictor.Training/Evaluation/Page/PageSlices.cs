using System.Globalization;
using System.Text;
using Pictor.Training.Evaluation.Slicing;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>The parts of the data, the surely worst first.</summary>
internal static class PageSlices
{
    private const int Open = 12;
    private const int Shown = 150;

    /// <param name="slices">Worst first.</param>
    /// <param name="figure">accuracy, exact match or mean absolute error.</param>
    public static string Html(IReadOnlyList<SliceReport> slices, string figure)
    {
        int all = slices.Count;
        slices = [.. slices.Where(s => s.Samples >= Slice.FewestShown)];
        if (slices.Count == 0)
            return "";
        bool share = figure != "mean absolute error";
        double most = share ? 1 : slices.Max(s => double.IsFinite(s.High) ? s.High : s.Figure);
        var html = new StringBuilder($"<section><h2>Where it does badly</h2><p>The {(figure == "accuracy" ? "share of right answers" : figure)} by {string.Join(", ", slices.Select(s => Safe(s.By)).Distinct(StringComparer.Ordinal))}; the surely worst first: ordered by the better end of the 95 % interval, so that three unlucky pictures do not lead the list. The bar is the interval, the mark the figure.</p>")
            .Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><table class=\"slices\"><thead><tr><th scope=\"col\">by</th><th scope=\"col\">part</th><th scope=\"col\">pictures</th><th scope=\"col\">{figure}</th><th scope=\"col\">95 % interval</th></tr></thead><tbody>");
        for (int i = 0; i < Math.Min(slices.Count, Shown); i++)
        {
            SliceReport s = slices[i];
            string interval = double.IsFinite(s.Low)
                ? $"<span class=\"whisker\" style=\"--a:{Part(s.Low / most)};--b:{Part(s.High / most)};--m:{Part(s.Figure / most)}\"></span>{Number(s.Low)} to {Number(s.High)}"
                : "–";
            html.Append(CultureInfo.InvariantCulture, $"<tr{(i >= Open ? " class=\"more\" hidden" : "")}><td>{Safe(s.By)}</td><th scope=\"row\">{Safe(s.Value)}</th><td>{Count(s.Samples)}</td><td>{Number(s.Figure)}</td><td>{interval}</td></tr>");
        }

        html.Append("</tbody></table></div>");
        if (slices.Count > Open)
            html.Append(CultureInfo.InvariantCulture, $"<p><button type=\"button\" class=\"link\" data-more=\".slices .more\">Show {(slices.Count > Shown ? $"the first {Shown}" : "all")} of {Count(slices.Count)} parts</button></p>");
        if (all > slices.Count)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Count(all - slices.Count)} parts of fewer than {Slice.FewestShown} pictures say too little to stand here; report.json has them.</p>");
        return html.Append("</section>").ToString();

        string Number(double value) => share ? Percent(value, 1) : TaskReportText.Plain(value);
    }

    private static string Part(double value) => Math.Round(Math.Clamp(value, 0, 1), 4).ToString(CultureInfo.InvariantCulture);
}
