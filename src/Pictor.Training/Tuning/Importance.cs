using System.Globalization;
using System.Text.Json.Nodes;

namespace Pictor.Training.Tuning;

/// <summary>How much a parameter alone says about the outcome.</summary>
/// <param name="Field">As in a recipe.</param>
/// <param name="Share">Share of the variance of the ranks that it explains on trials left out one at a time, 0 (no more than chance) to 1; null with too few trials to tell.</param>
/// <param name="Correlation">Of a range: rank correlation with being good (Spearman), -1 to 1; null for choices.</param>
/// <param name="Trials">Trials that it was computed from.</param>
/// <param name="Best">Where the best third of them lies: a range, or the word with the best mean rank.</param>
public sealed record Importance(string Field, double? Share, double? Correlation, int Trials, string Best)
{
    private const int Fewest = 8;

    // Widths of the kernel, in shares of the range.
    private static readonly double[] s_widths = [0.06, 0.12, 0.25, 0.5];

    /// <summary>
    /// For each parameter, the most important first. Ranks, so that one trial that went wrong does not outweigh all others; runs of the shortest length, for there
    /// are the most of them; those that failed share the last rank. Ranges by a kernel smooth, choices by the mean of each value (a cross-validated eta squared).
    /// </summary>
    internal static IReadOnlyList<Importance> Of(TuningSpace space, IReadOnlyList<TrialRun> runs, TrialOrder order)
    {
        TrialRun[] used = [.. runs.Where(r => r.Trial > 0 && r.Rung == 0 && r.HasEnded).OrderBy(r => r.Trial)];
        double[] goodness = Goodness(used, order);
        return [.. space.Parameters.Select(parameter => OfOne(parameter, used, goodness)).OrderByDescending(i => i.Share ?? -1).ThenBy(i => i.Field, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The smooth at a place 0..1 of a range: a line fitted to what lies around it (Cleveland 1979), for a mean would be pulled inwards at the ends.
    /// </summary>
    /// <param name="at">The place.</param>
    /// <param name="places">Of the trials.</param>
    /// <param name="figures">Of the trials.</param>
    /// <param name="width">Deviation of the kernel.</param>
    /// <param name="without">A trial that does not count; -1: none.</param>
    internal static double Smooth(double at, IReadOnlyList<double> places, IReadOnlyList<double> figures, double width, int without = -1)
    {
        double w0 = 0, w1 = 0, w2 = 0, y0 = 0, y1 = 0;
        for (int i = 0; i < places.Count; i++)
        {
            if (i == without)
                continue;
            double d = places[i] - at, w = Math.Exp(-0.5 * d * d / (width * width));
            (w0, w1, w2, y0, y1) = (w0 + w, w1 + (w * d), w2 + (w * d * d), y0 + (w * figures[i]), y1 + (w * d * figures[i]));
        }

        if (w0 < 1e-6)
            return double.NaN;
        // A little of nothing but the mean: two trials in the same place give no slope.
        w2 += 0.05 * width * width * w0;
        return ((w2 * y0) - (w1 * y1)) / ((w0 * w2) - (w1 * w1));
    }

    /// <summary>Ranks from 0 (worst) to 1 (best); equals share the mean of theirs.</summary>
    private static double[] Goodness(TrialRun[] runs, TrialOrder order)
    {
        double?[] figures = [.. runs.Select(r => r.State == TrialRun.Finished ? order.Figure(r) : null)];
        var goodness = new double[runs.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            int worse = figures.Where((f, j) => j != i && Compare(f, figures[i]) < 0).Count(), equal = figures.Where((f, j) => j != i && Compare(f, figures[i]) == 0).Count();
            goodness[i] = runs.Length < 2 ? 1 : (worse + (equal / 2.0)) / (runs.Length - 1);
        }

        return goodness;

        int Compare(double? a, double? b) => a is null || b is null ? (a is null ? 0 : 1) - (b is null ? 0 : 1) : order.HigherIsBetter ? a.Value.CompareTo(b.Value) : b.Value.CompareTo(a.Value);
    }

    private static Importance OfOne(TuningParameter parameter, TrialRun[] runs, double[] goodness)
    {
        double[] guesses;
        double? correlation = null;
        string best;
        int[] top = [.. Enumerable.Range(0, runs.Length).OrderByDescending(i => goodness[i]).ThenBy(i => i).Take(Math.Max(1, runs.Length / 3))];
        if (runs.Length == 0)
            return new Importance(parameter.Field, null, null, 0, "-");
        if (parameter is TuningParameter.Range range)
        {
            double[] values = [.. runs.Select(r => r.Settings[parameter.Field]?.GetValue<double>() ?? range.Low)];
            double[] places = [.. values.Select(range.Place)];
            guesses = s_widths.Select(width => LeaveOneOut(places, goodness, width)).MinBy(g => Squares(goodness, g))!;
            correlation = Pearson(Ranks(places), goodness);
            best = string.Create(CultureInfo.InvariantCulture, $"{top.Min(i => values[i]):G3} to {top.Max(i => values[i]):G3}");
        }
        else
        {
            string[] words = [.. runs.Select(r => Word(r.Settings[parameter.Field]))];
            guesses = [.. Enumerable.Range(0, runs.Length).Select(i => Others(goodness, i, j => words[j] == words[i]) ?? Others(goodness, i, _ => true) ?? goodness[i])];
            best = words.Select((w, i) => (Word: w, Good: goodness[i])).GroupBy(p => p.Word, StringComparer.Ordinal).MaxBy(g => g.Average(p => p.Good))!.Key;
        }

        double[] means = [.. Enumerable.Range(0, runs.Length).Select(i => Others(goodness, i, _ => true) ?? goodness[i])];
        double all = Squares(goodness, means);
        double? share = runs.Length < Fewest ? null : all > 0 ? Math.Clamp(1 - (Squares(goodness, guesses) / all), 0, 1) : 0;
        return new Importance(parameter.Field, Round(share), runs.Length < Fewest ? null : Round(correlation), runs.Length, best);
    }

    internal static string Word(JsonNode? value) => value is null ? "null" : value is JsonValue text && text.TryGetValue(out string? word) ? word : value.ToJsonString(PictorJson.Compact);

    private static double[] LeaveOneOut(double[] places, double[] goodness, double width) =>
        [.. places.Select((place, i) => Smooth(place, places, goodness, width, without: i) is var guess && double.IsFinite(guess) ? Math.Clamp(guess, 0, 1) : 0.5)];

    private static double? Others(double[] values, int without, Func<int, bool> counts)
    {
        double[] others = [.. values.Where((_, j) => j != without && counts(j))];
        return others.Length == 0 ? null : others.Average();
    }

    private static double Squares(double[] values, double[] guesses) => values.Zip(guesses, (v, g) => (v - g) * (v - g)).Sum();

    private static double[] Ranks(double[] values) => [.. values.Select(v => values.Count(o => o < v) + (values.Count(o => o.Equals(v)) / 2.0))];

    private static double Pearson(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double covariance = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum(), spread = Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
        return spread > 0 ? covariance / spread : 0;
    }

    private static double? Round(double? value) => value is { } v ? Math.Round(v, 3) : null;
}
