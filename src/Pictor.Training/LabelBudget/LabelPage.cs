using System.Globalization;
using System.Text;
using Pictor.Training.Drawing;
using Pictor.Training.Evaluation.Page;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.LabelBudget;

/// <summary>The curve as a picture, a page and a table of text.</summary>
public static class LabelPage
{
    private const double Width = 940, Height = 380;

    /// <summary><c>label-budget.svg</c>.</summary>
    public static string Picture(LabelCurve curve) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"Accuracy over labelled examples\"><style>{ChartStyle.Standalone}</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>{Chart(curve)}</svg>\n";

    /// <summary><c>label-budget.html</c>.</summary>
    public static string Html(LabelCurve curve)
    {
        var body = new StringBuilder("<section><h2>Accuracy over labelled examples</h2><p>The same recipe on more and more of the training pictures, each set a part of the next; judged on the same ")
            .Append(CultureInfo.InvariantCulture, $"{Count(curve.ValPictures)} validation pictures. The bars are their sampling error (95 %), the line is the fitted power law, dashed where it looks ahead.</p><div class=\"charts one\"><svg viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"Accuracy over labelled examples\">{Chart(curve)}</svg></div>")
            .Append("<div class=\"scroll\" style=\"margin-top:16px\"><table class=\"plain\"><thead><tr><th scope=\"col\">of each class</th><th scope=\"col\">pictures</th><th scope=\"col\">passes</th><th scope=\"col\">accuracy</th><th scope=\"col\">time</th></tr></thead><tbody>");
        foreach (LabelPoint p in curve.Points)
            body.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{(p.PerClass is { } n ? Count(n) : "all")}</th><td>{Count(p.Pictures)}</td><td>{(p.Epochs is { } e ? Count(e) : "–")}</td><td>{(p.ValAccuracy is { } a ? Percent(a, 2) : Safe(p.Reason ?? p.State))}</td><td>{p.Seconds:0} s</td></tr>");
        body.Append("</tbody></table></div></section><footer><dl>");
        if (curve.Worth is { } worth)
            body.Append(CultureInfo.InvariantCulture, $"<dt>Curve</dt><dd>error = {worth.Fit.A:0.####} · n<sup>−{worth.Fit.B:0.###}</sup> + {worth.Fit.C:0.####}, n pictures of each class</dd><dt>Method</dt><dd>{Safe(worth.Method)}</dd>");
        body.Append(CultureInfo.InvariantCulture, $"<dt>Data</dt><dd>{Safe(curve.Data)}</dd><dt>Network</dt><dd>{Safe(curve.Network ?? "")}</dd></dl></footer>");
        return PageFrame.Html("Label budget", Path.GetFileName(curve.Data.TrimEnd('/', '\\')), $"<p class=\"lead\">{Safe(curve.Sentence)}</p>", body.ToString(), "{\"names\":[],\"samples\":[],\"thumbs\":[]}");
    }

    /// <summary>A table and the sentence.</summary>
    public static string Text(LabelCurve curve)
    {
        var text = new StringBuilder("of each class  pictures  passes  accuracy\n");
        foreach (LabelPoint p in curve.Points)
            text.Append(CultureInfo.InvariantCulture, $"{(p.PerClass is { } n ? Plain(n) : "all"),13}  {p.Pictures,8}  {(p.Epochs is { } e ? Plain(e) : "-"),6}  {(p.ValAccuracy is { } a ? $"{(a * 100).ToString("0.00", CultureInfo.InvariantCulture)} %" : $"{p.State}: {p.Reason}"),8}\n");
        text.Append('\n').Append(curve.Sentence).Append('\n');
        if (curve.Worth is { } worth)
            text.Append(worth.Method).Append('\n');
        return text.ToString();

        static string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Chart(LabelCurve curve)
    {
        LabelPoint[] finished = [.. curve.Points.Where(p => p.IsFinished)];
        if (finished.Length == 0)
            return "";
        (LabelPoint Point, double Low, double High)[] bars = [.. finished.Select(p => (p, Math.Max(0, p.ValAccuracy!.Value - Reach(p)), Math.Min(1, p.ValAccuracy.Value + Reach(p))))];
        double from = Math.Log10(finished.Min(p => p.Mean)) - 0.08, now = Math.Log10(finished.Max(p => p.Mean)), to = now + 0.4;
        Scale x = new(from, to, [.. Enumerable.Range(0, 7).SelectMany(power => new[] { 0, Math.Log10(2), Math.Log10(5) }.Select(s => power + s)).Where(t => t >= from && t <= to)]);
        Scale y = Scale.Around(bars.SelectMany(b => new[] { b.Low, b.High }), ceiling: 1);
        var svg = new Svg();
        Curve[] curves = curve.Worth is not { } worth ? [] : [new Curve("", "s1", [.. Steps(from, now).Select(t => (t, 1 - worth.Fit.At(Math.Pow(10, t))))])];
        new Plot("validation accuracy", "labelled pictures of each class", x, y, [.. curves.Select(c => c with { Points = [.. c.Points.Where(p => p.Y >= y.Min)] })])
        {
            XText = t => Math.Pow(10, t).ToString("0", CultureInfo.InvariantCulture),
            YText = t => (t * 100).ToString(y.Max - y.Min < 0.05 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %",
            Overlay = (svg, px, py) =>
            {
                if (curve.Worth is { } fitted)
                    svg.Path(Steps(now, to).Select(t => (px(t), py(Math.Clamp(1 - fitted.Fit.At(Math.Pow(10, t)), y.Min, y.Max)))), "chance");
                foreach ((LabelPoint point, double low, double high) in bars)
                {
                    double at = px(Math.Log10(point.Mean));
                    svg.Line(at, py(low), at, py(high), "curve s2");
                    svg.Circle(at, py(point.ValAccuracy!.Value), 5, "dot s2", string.Create(CultureInfo.InvariantCulture, $"{point.Mean:0} of each class: {point.ValAccuracy * 100:0.00} %"));
                }
            },
        }.Draw(svg, 0, 0, Width, Height);
        return svg.ToString();

        double Reach(LabelPoint p) => 1.96 * Math.Sqrt(Math.Max(p.ValAccuracy!.Value * (1 - p.ValAccuracy.Value), 0.5 / curve.ValPictures) / curve.ValPictures);
    }

    private static IEnumerable<double> Steps(double from, double to) => Enumerable.Range(0, 81).Select(i => from + ((to - from) * i / 80));
}
