using System.Globalization;
using System.Text;
using Pictor.Metrics;
using Pictor.Training.Drawing;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>What is gained when only sure answers count: a slider over the threshold, and thresholds of single classes.</summary>
internal static class PageThresholds
{
    private const double Width = 940, Height = 300;
    private static readonly double[] s_wanted = [0.9, 0.95, 0.98, 0.99];

    public static string Html(Judgement judgement)
    {
        var html = new StringBuilder("<section id=\"explorer\"><h2>If only sure answers count</h2><p>Leave the others to a person. Move the slider to see what a threshold gives; choose a class to see only answers that name it.</p>");
        html.Append("<p class=\"controls\"><label>Threshold <input type=\"range\" id=\"cut\" min=\"0\" max=\"100\" value=\"80\"></label> <output id=\"cut-value\">0.80</output> <label>Answers <select id=\"cut-class\"><option value=\"\">of all classes</option>");
        for (int k = 0; k < judgement.Names.Count; k++)
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{k}\">{Safe(judgement.Names[k])}</option>");
        html.Append("</select></label></p><p class=\"lead\" id=\"cut-says\"></p><div class=\"charts one\">").Append(Chart(judgement.Findings.Selective)).Append("</div>");
        Goals(html, judgement);
        Classes(html, judgement);
        return html.Append("</section>").ToString();
    }

    /// <summary>For each class of answer, how many fall into each hundredth of confidence, and how many of them are right: bin, count, right, ...; empty bins are left out.</summary>
    public static IEnumerable<int[]> Counts(PredictionTable table)
    {
        var counts = new int[table.Classes, 101, 2];
        for (int i = 0; i < table.Samples; i++)
        {
            double sure = ProbabilityFigures.Confidence(table, i);
            int bin = Math.Clamp((int)(sure * 100), 0, 100);

            // The product rounds; what is at or above a threshold is decided by the threshold itself.
            if (bin < 100 && sure >= (bin + 1) / 100.0)
                bin++;
            else if (bin > 0 && sure < bin / 100.0)
                bin--;
            counts[table.Answers[i], bin, 0]++;
            counts[table.Answers[i], bin, 1] += table.Answers[i] == table.Truth[i] ? 1 : 0;
        }

        for (int k = 0; k < table.Classes; k++)
            yield return [.. Enumerable.Range(0, 101).Where(b => counts[k, b, 0] > 0).SelectMany(b => (int[])[b, counts[k, b, 0], counts[k, b, 1]])];
    }

    private static string Chart(IReadOnlyList<SelectivePoint> curve)
    {
        var plot = new Plot("By threshold", "threshold of confidence", Scale.Unit, Scale.Unit,
        [
            new Curve("right among the answers", "s1", [.. curve.Where(p => p.Answered > 0).Select(p => (p.Threshold, p.Accuracy))]),
            new Curve("pictures answered", "s2", [.. curve.Select(p => (p.Threshold, p.Coverage))]),
        ])
        {
            YText = value => (value * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
            Overlay = (svg, x, y) => svg.Raw($"<line class=\"chance\" id=\"cut-line\" x1=\"{Svg.N(x(0.8))}\" x2=\"{Svg.N(x(0.8))}\" y1=\"{Svg.N(y(0))}\" y2=\"{Svg.N(y(1))}\"/>"),
        };
        (double x0, double x1, double y0, double y1) = Plot.Frame(0, 0, Width, Height);
        var svg = new Svg();
        svg.Raw($"<svg id=\"selective\" viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"Answered pictures and right answers by threshold\" data-frame=\"{Svg.N(x0)} {Svg.N(x1)} {Svg.N(y0)} {Svg.N(y1)}\">");
        plot.Draw(svg, 0, 0, Width, Height);
        return svg.Raw("</svg>").ToString();
    }

    private static void Goals(StringBuilder html, Judgement judgement)
    {
        html.Append("<p>");
        foreach (double wanted in s_wanted)
        {
            SelectivePoint? point = SelectivePrediction.ForAccuracy(judgement.Table, wanted);
            html.Append(CultureInfo.InvariantCulture, $"For {wanted * 100:0} % right answers: ").Append(point is { } p
                ? string.Create(CultureInfo.InvariantCulture, $"<b>{p.Threshold:0.00}</b> answers {Percent(p.Coverage, 0)} of the pictures. ")
                : "no threshold reaches it. ");
        }

        html.Append("</p>");
    }

    private static void Classes(StringBuilder html, Judgement judgement)
    {
        Findings more = judgement.Findings;
        int reached = more.Thresholds.Count(t => t is not null);
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>Thresholds of single classes for {Percent(more.Precision, 0)} precision: {reached} of {more.Thresholds.Count} classes reach it</summary>")
            .Append("<p>From this probability on, a class can be named as a tag with the wanted precision; the recall is what remains of the class. 'At least' is the precision's lower bound with 95 % certainty: with few pictures it is low, whatever the share.</p><div class=\"scroll\"><table class=\"plain\"><thead><tr><th scope=\"col\">class</th><th scope=\"col\">threshold</th><th scope=\"col\">precision</th><th scope=\"col\">at least</th><th scope=\"col\">recall</th><th scope=\"col\">answers</th></tr></thead><tbody>");
        for (int k = 0; k < more.Thresholds.Count; k++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(judgement.Names[k])}</th>").Append(more.Thresholds[k] is { } t
                ? string.Create(CultureInfo.InvariantCulture, $"<td>{t.Threshold:0.000}</td><td>{Percent(t.Precision, 1)}</td><td>{Percent(t.PrecisionLow, 1)}</td><td>{Percent(t.Recall, 1)}</td><td>{Count(t.Answers)}</td></tr>")
                : "<td>not reached</td><td></td><td></td><td></td><td></td></tr>");
        }

        html.Append("</tbody></table></div></details>");
    }
}
