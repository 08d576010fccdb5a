using System.Globalization;
using Pictor.Metrics;
using Pictor.Training.Drawing;

namespace Pictor.Training.Evaluation.Page;

/// <summary>The charts of the page as inline SVG. Bars that stand for pictures carry <c>data-show</c>, which the script turns into a view of them.</summary>
internal static class PageCharts
{
    private const double Width = 460, Height = 380;

    public static string Roc(IReadOnlyList<RankedScores> ranked, double auc) => Chart("roc", new Plot(
        "ROC curve", "share of other pictures wrongly included", Scale.Unit, Scale.Unit, [new Curve(Labelled("mean of classes, AUC", auc), "s1", PageCurves.MeanRoc(ranked))])
    {
        YText = Percent,
        Underlay = (svg, x, y) => svg.Line(x(0), y(0), x(1), y(1), "chance"),
        Overlay = (svg, _, _) => svg.Raw("<path class=\"curve s2\" id=\"roc-class\" d=\"\"/>"),
    });

    public static string PrecisionRecall(IReadOnlyList<RankedScores> ranked, double averagePrecision) => Chart("pr", new Plot(
        "Precision and recall", "recall: share of the class that is found", Scale.Unit, Scale.Unit, [new Curve(Labelled("mean of classes, average precision", averagePrecision), "s1", PageCurves.MeanPrecisionRecall(ranked))])
    {
        YText = Percent,
        Overlay = (svg, _, _) => svg.Raw("<path class=\"curve s2\" id=\"pr-class\" d=\"\"/>"),
    });

    /// <param name="bins">By confidence.</param>
    /// <param name="shows">Whether a bar leads to pictures.</param>
    public static string Reliability(IReadOnlyList<ReliabilityBin> bins, bool shows = true) => Chart("reliability", new Plot(
        "How far its confidence can be trusted", "confidence of the answer", Scale.Unit, Scale.Unit, [])
    {
        YText = Percent,
        Underlay = (svg, x, y) =>
        {
            for (int b = 0; b < bins.Count; b++)
            {
                ReliabilityBin bin = bins[b];
                if (bin.Count == 0)
                    continue;
                string tip = string.Create(CultureInfo.InvariantCulture, $"{Range(bin)}: {bin.Count} answers, {bin.Confidence * 100:0.0} % sure on average, {bin.Accuracy * 100:0.0} % right");
                svg.Raw(shows ? $"<g data-show=\"bin:{b}\" tabindex=\"0\" role=\"button\">" : "<g>").Rect(x(bin.From) + 1, y(1), x(bin.To) - x(bin.From) - 2, y(0) - y(1), "hit", tip)
                    .Rect(x(bin.From) + 1, y(bin.Accuracy), x(bin.To) - x(bin.From) - 2, Math.Max(1.5, y(0) - y(bin.Accuracy)), "bar s1", tip).Raw("</g>");
            }
        },
        Overlay = (svg, x, y) => svg.Line(x(0), y(0), x(1), y(1), "chance"),
    });

    /// <summary>Right and wrong answers by confidence, each on its own scale: the few wrong ones would vanish beside the right ones.</summary>
    public static string Histogram(PredictionTable table)
    {
        var right = new int[ProbabilityFigures.Bins];
        var wrong = new int[ProbabilityFigures.Bins];
        for (int i = 0; i < table.Samples; i++)
            (table.Answers[i] == table.Truth[i] ? right : wrong)[ProbabilityFigures.BinOf(ProbabilityFigures.Confidence(table, i))]++;
        var svg = new Svg();
        Open(svg, "histogram", "How sure it was, for right and for wrong answers");
        Bars("Confidence of right answers", right, "s1", "right").Draw(svg, 0, 0, Width, Height / 2);
        Bars("Confidence of wrong answers", wrong, "s2", "wrong").Draw(svg, 0, Height / 2, Width, Height / 2);
        return svg.Raw("</svg>").ToString();
    }

    /// <summary>Predicted numbers over true ones; at most some thousand points, evenly picked.</summary>
    public static string Scatter(double[] targets, double[] values)
    {
        Scale scale = Scale.Around([.. targets, .. values]);
        int step = Math.Max(1, targets.Length / 2000);
        return Chart("scatter", new Plot("Each picture a point; on the dashed line it is right", "true value", scale, scale, [])
        {
            Underlay = (svg, x, y) => svg.Line(x(scale.Min), y(scale.Min), x(scale.Max), y(scale.Max), "chance"),
            Overlay = (svg, x, y) =>
            {
                for (int i = 0; i < targets.Length; i += step)
                    svg.Circle(x(targets[i]), y(values[i]), 2.5, "dot s1");
            },
        });
    }

    private static Plot Bars(string title, int[] counts, string style, string kind) =>
        new($"{title} ({counts.Sum().ToString("N0", CultureInfo.InvariantCulture)})", "", Scale.Unit, Scale.Around([0, Math.Max(1, counts.Max())], floor: 0), [])
        {
            YText = tick => tick % 1 == 0 ? tick.ToString("N0", CultureInfo.InvariantCulture) : "",
            Underlay = (svg, x, y) =>
            {
                for (int b = 0; b < counts.Length; b++)
                {
                    if (counts[b] == 0)
                        continue;
                    double from = (double)b / counts.Length, to = (double)(b + 1) / counts.Length;
                    string tip = string.Create(CultureInfo.InvariantCulture, $"{from * 100:0} to {to * 100:0} % sure: {counts[b]} {kind}");
                    double top = Math.Min(y(counts[b]), y(0) - 1.5);
                    svg.Raw($"<g data-show=\"{kind}:{b}\" tabindex=\"0\" role=\"button\">").Rect(x(from) + 1, y(counts.Max()), x(to) - x(from) - 2, y(0) - y(counts.Max()), "hit", tip)
                        .Rect(x(from) + 1, top, x(to) - x(from) - 2, y(0) - top, "bar " + style, tip).Raw("</g>");
                }
            },
        };

    private static string Chart(string id, Plot plot)
    {
        var svg = new Svg();
        Open(svg, id, plot.Title);
        plot.Draw(svg, 0, 0, Width, Height);
        return svg.Raw("</svg>").ToString();
    }

    private static void Open(Svg svg, string id, string title)
    {
        (double x0, double x1, double y0, double y1) = Plot.Frame(0, 0, Width, Height);
        svg.Raw($"<svg id=\"{id}\" viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"{Svg.Escape(title)}\" data-frame=\"{Svg.N(x0)} {Svg.N(x1)} {Svg.N(y0)} {Svg.N(y1)}\">");
    }

    private static string Labelled(string text, double value) => $"{text} {(double.IsNaN(value) ? "undefined" : ClassificationText.Number(value))}";

    private static string Percent(double value) => (value * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Range(ReliabilityBin bin) => string.Create(CultureInfo.InvariantCulture, $"{bin.From * 100:0} to {bin.To * 100:0} % sure");
}
