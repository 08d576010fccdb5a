using System.Globalization;
using System.Text.Json.Nodes;
using Pictor.Training.Drawing;

namespace Pictor.Training.Tuning;

/// <summary>The pictures of <see cref="TunePage"/>.</summary>
internal static class TuneCharts
{
    private const double Width = 460, Height = 300, Wide = 940;
    private const int LongestWord = 14;

    /// <summary>Figures in the order of the runs, and the best so far.</summary>
    public static string Progress(TuneRecord record)
    {
        TrialOrder order = record.Order();
        (TrialRun Run, int Number)[] runs = [.. record.Trials.Where(t => t.HasEnded).Select((t, i) => (t, i + 1))];
        (double X, double Y)[] finished = [.. runs.Where(r => r.Run.State == TrialRun.Finished).Select(r => ((double)r.Number, order.Figure(r.Run) ?? double.NaN)).Where(p => double.IsFinite(p.Item2))];
        var best = new List<(double X, double Y)>();
        foreach ((double x, double y) in finished)
        {
            double better = best.Count == 0 ? y : order.HigherIsBetter ? Math.Max(y, best[^1].Y) : Math.Min(y, best[^1].Y);
            if (best.Count > 0 && better != best[^1].Y)
                best.Add((x, best[^1].Y));
            best.Add((x, better));
        }

        (double low, double high) = Shown(finished.Select(p => p.Y), order.HigherIsBetter);
        Scale y0 = Scale.Around([low, high], ceiling: order.HigherIsBetter ? 1 : double.MaxValue);
        double? defaults = record.Trials.FirstOrDefault(t => t is { Trial: 0, State: TrialRun.Finished }) is { } first ? order.Figure(first) : null;
        return Draw(new Plot(Title(order), "run", Scale.Counts(1, Math.Max(2, runs.Length)), y0, [new Curve("", "s2", best)])
        {
            YText = YText(order, y0),
            Underlay = (svg, px, py) =>
            {
                if (defaults is { } level)
                    svg.Line(px(1), py(Math.Clamp(level, y0.Min, y0.Max)), px(Math.Max(2, runs.Length)), py(Math.Clamp(level, y0.Min, y0.Max)), "chance");
            },
            Overlay = (svg, px, py) =>
            {
                foreach ((TrialRun run, int number) in runs)
                    Dot(svg, px(number), py, y0, run, record, order);
            },
        }, Wide);
    }

    /// <summary>A parameter's values against the figure.</summary>
    public static string Scatter(TuneRecord record, Importance importance)
    {
        TrialOrder order = record.Order();
        TrialRun[] runs = [.. record.Trials.Where(r => r.Trial > 0 && r.Rung == 0 && r.HasEnded)];
        (double low, double high) = Shown(runs.Select(r => r.State == TrialRun.Finished ? order.Figure(r) ?? double.NaN : double.NaN), order.HigherIsBetter);
        Scale y = Scale.Around([low, high], ceiling: order.HigherIsBetter ? 1 : double.MaxValue);
        string share = importance.Share is { } s ? string.Create(CultureInfo.InvariantCulture, $": {s * 100:0} %") : "";
        JsonNode? declared = record.Space?[importance.Field];
        Axis axis = declared is JsonObject range ? RangeAxis(range, importance.Field) : ChoiceAxis((JsonArray)declared!, importance.Field, runs);
        Curve[] smooth = axis.Place is null ? [] : [new Curve("", "s6", SmoothLine(axis, runs, order, y))];
        return Draw(new Plot(importance.Field + share, Title(order), axis.Scale, y, smooth)
        {
            XText = axis.Text,
            YText = YText(order, y),
            Overlay = (svg, px, py) =>
            {
                foreach (TrialRun run in runs)
                    Dot(svg, px(axis.At(run)), py, y, run, record, order);
            },
        }, Width, axisTitle: "");
    }

    private sealed record Axis(Scale Scale, Func<double, string> Text, Func<TrialRun, double> At, Func<TrialRun, double>? Place);

    private static Axis RangeAxis(JsonObject declared, string field)
    {
        (string kind, JsonNode? content) = declared.First();
        double low = content![0]!.GetValue<double>(), high = content[1]!.GetValue<double>();
        if (kind != "log")
        {
            Scale plain = Scale.Around([low, high]);
            return new Axis(plain, plain.Text, Value, run => (Value(run) - low) / (high - low));
        }

        // Powers of ten, and 2 and 5 of each where there are few of them.
        double from = Math.Log10(low), to = Math.Log10(high);
        double[] steps = to - from < 2.2 ? [1, 2, 5] : [1];
        double[] ticks = [.. Enumerable.Range((int)Math.Floor(from), (int)Math.Ceiling(to) - (int)Math.Floor(from) + 1).SelectMany(p => steps.Select(s => p + Math.Log10(s))).Where(t => t >= from - 1e-9 && t <= to + 1e-9)];
        var scale = new Scale(from, to, ticks.Length > 1 ? ticks : [from, to]);
        return new Axis(scale, t => Math.Pow(10, t).ToString("0.######", CultureInfo.InvariantCulture), run => Math.Log10(Value(run)), run => (Math.Log10(Value(run)) - from) / (to - from));

        double Value(TrialRun run) => run.Settings[field]!.GetValue<double>();
    }

    private static Axis ChoiceAxis(JsonArray declared, string field, TrialRun[] runs)
    {
        string[] words = [.. declared.Select(Importance.Word)];
        var scale = new Scale(-0.6, words.Length - 0.4, [.. Enumerable.Range(0, words.Length).Select(i => (double)i)]);
        int[] seen = new int[words.Length];
        var places = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (TrialRun run in runs)
        {
            int word = Math.Max(0, Array.IndexOf(words, Importance.Word(run.Settings[field])));
            // Side by side rather than on top of each other, by the golden ratio.
            places[run.Folder] = word + (((seen[word]++ * 0.618034 % 1) - 0.5) * 0.5);
        }

        return new Axis(scale, t => Cut(words[(int)t]), run => places[run.Folder], null);
    }

    private static List<(double X, double Y)> SmoothLine(Axis axis, TrialRun[] runs, TrialOrder order, Scale y)
    {
        TrialRun[] finished = [.. runs.Where(r => r.State == TrialRun.Finished && order.Figure(r) is not null)];
        if (finished.Length < 5)
            return [];
        double[] places = [.. finished.Select(axis.Place!)], figures = [.. finished.Select(r => Math.Clamp(order.Figure(r)!.Value, y.Min, y.Max))];
        (double first, double last) = (finished.Min(axis.At), finished.Max(axis.At));
        (double from, double to) = (places.Min(), places.Max());
        return [.. Enumerable.Range(0, 41).Select(i => (first + ((last - first) * i / 40), Importance.Smooth(from + ((to - from) * i / 40), places, figures, 0.2)))];
    }

    private static void Dot(Svg svg, double x, Func<double, double> py, Scale y, TrialRun run, TuneRecord record, TrialOrder order)
    {
        string tip = TuneText.Line(run, record with { Trials = [] });
        double edge = order.HigherIsBetter ? y.Min : y.Max;
        if (run.State != TrialRun.Finished || order.Figure(run) is not { } figure)
        {
            svg.Text(x, py(edge) + (order.HigherIsBetter ? -3 : 11), "×", "tick", "middle");
            return;
        }

        bool best = record.Best?.Trial == run.Trial;
        svg.Circle(x, py(Math.Clamp(figure, y.Min, y.Max)), best ? 5.5 : 4, $"dot {(best ? "s2" : run.Trial == 0 ? "s6" : "s1")}", tip);
    }

    // One trial that went wrong must not press all others together: what lies far below stands at the edge.
    private static (double Low, double High) Shown(IEnumerable<double> values, bool higherIsBetter)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return (0, 1);
        double q1 = sorted[sorted.Length / 4], q3 = sorted[sorted.Length * 3 / 4], reach = 2.5 * Math.Max(q3 - q1, 1e-4);
        return higherIsBetter ? (Math.Max(sorted[0], q1 - reach), sorted[^1]) : (sorted[0], Math.Min(sorted[^1], q3 + reach));
    }

    private static string Title(TrialOrder order) => order.HigherIsBetter ? "validation accuracy" : "validation loss";

    private static Func<double, string>? YText(TrialOrder order, Scale y) =>
        order.HigherIsBetter ? tick => (tick * 100).ToString(y.Max - y.Min < 0.05 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %" : null;

    private static string Cut(string word) => word.Length <= LongestWord ? word : word[..(LongestWord - 1)] + "…";

    private static string Draw(Plot plot, double width, string? axisTitle = null)
    {
        var svg = new Svg();
        svg.Raw($"<svg viewBox=\"0 0 {Svg.N(width)} {Svg.N(Height)}\" role=\"img\" aria-label=\"{Svg.Escape(plot.Title)}\">");
        (axisTitle is null ? plot : plot with { XTitle = axisTitle }).Draw(svg, 0, 0, width, Height);
        return svg.Raw("</svg>").ToString();
    }
}
