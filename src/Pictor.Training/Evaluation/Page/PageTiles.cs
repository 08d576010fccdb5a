using System.Globalization;
using System.Text;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation.Page;

/// <summary>Headline figures.</summary>
internal static class PageTiles
{
    public static void Tile(StringBuilder html, string name, string value, string meaning, string? interval = null) => html.Append(CultureInfo.InvariantCulture,
        $"<div class=\"tile\"><h3>{name}</h3><p class=\"value\">{value}</p>{(interval is null ? "" : $"<p class=\"between\">{interval}</p>")}<p>{meaning}</p></div>");

    /// <summary>"0.91 to 0.94 with 95 % certainty"; null where undefined.</summary>
    public static string? Between(ConfidenceInterval interval, Func<double, string> text) =>
        double.IsFinite(interval.Low) ? $"{text(interval.Low)} to {text(interval.High)}" : null;

    public static string? Between(EvaluationReport report, string name, Func<double, string> text) =>
        report.Intervals?.TryGetValue(name, out ConfidenceInterval interval) == true && Between(interval, text) is { } between ? between + " with 95 % certainty" : null;
}
