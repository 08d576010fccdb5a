using System.Globalization;
using System.Text;
using Pictor.Metrics;
using Pictor.Training.Comparing;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>Two models on the same pictures.</summary>
internal static class PageComparison
{
    private const int Shown = 60;

    public static string Html(ModelComparison? comparison)
    {
        if (comparison is null)
            return "";
        McNemar t = comparison.Test;
        string first = Safe(comparison.First), second = Safe(comparison.Second);
        var html = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<section><h2>Against {second}</h2><p>{Safe(comparison.Sentence())} {second} is {Math.Abs(t.Difference) * 100:0.00} points {(t.Difference < 0 ? "worse" : "better")}; 95 % interval {t.DifferenceInterval.Low * 100:+0.00;-0.00;0.00} to {t.DifferenceInterval.High * 100:+0.00;-0.00;0.00}. Only pictures that one names rightly and the other wrongly decide (McNemar, {(t.IsExact ? "exact binomial" : "chi-square with continuity correction")}).</p>"));
        if (comparison.Note is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note bad\">{Safe(comparison.Note)}</p>");
        html.Append("<div class=\"scroll\"><table class=\"plain\"><thead><tr><td></td><th scope=\"col\">").Append(second).Append(" right</th><th scope=\"col\">").Append(second).Append(" wrong</th><th scope=\"col\">accuracy</th></tr></thead><tbody>")
            .Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{first} right</th><td>{Count(t.BothRight)}</td><td>{Count(t.OnlyFirst)}</td><td>{Percent(comparison.FirstAccuracy, 2)}</td></tr>")
            .Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{first} wrong</th><td>{Count(t.OnlySecond)}</td><td>{Count(t.BothWrong)}</td><td></td></tr>")
            .Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">accuracy</th><td>{Percent(comparison.SecondAccuracy, 2)}</td><td></td><td></td></tr></tbody></table></div>");
        if (comparison.LeftOut > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Count(comparison.LeftOut)} pictures are left out of this, for {second} has no answer for them.</p>");
        List(html, $"Only {first} is right", comparison.OnlyFirst, v => $"{Safe(v.Truth)} <i>taken for</i> {Safe(v.Second)}", v => v.SecondConfidence);
        List(html, $"Only {second} is right", comparison.OnlySecond, v => $"{Safe(v.Truth)} <i>taken for</i> {Safe(v.First)}", v => v.FirstConfidence);
        return html.Append("</section>").ToString();
    }

    private static void List(StringBuilder html, string title, IReadOnlyList<Verdict> verdicts, Func<Verdict, string> says, Func<Verdict, double> sure)
    {
        if (verdicts.Count == 0)
            return;
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>{title}: {Count(verdicts.Count)} pictures, the other's surest mistakes first</summary><ul class=\"files\">");
        foreach (Verdict v in verdicts.Take(Shown))
            html.Append(CultureInfo.InvariantCulture, $"<li><code>{Safe(v.File)}</code> <span>{says(v)}, {Percent(sure(v), 0)} sure</span></li>");
        if (verdicts.Count > Shown)
            html.Append(CultureInfo.InvariantCulture, $"<li>and {Count(verdicts.Count - Shown)} more; report.json lists all</li>");
        html.Append("</ul></details>");
    }
}
