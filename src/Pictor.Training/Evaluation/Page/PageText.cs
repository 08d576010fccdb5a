using System.Globalization;
using Pictor.Metrics;
using Pictor.Training.Drawing;

namespace Pictor.Training.Evaluation.Page;

/// <summary>Numbers and foreign text on the page.</summary>
internal static class PageText
{
    /// <summary>Text of others, safe between tags and in attributes; an address in it stays readable but is none.</summary>
    public static string Safe(string text) => Svg.Escape(text).Replace("://", ":&#47;&#47;", StringComparison.Ordinal);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double value, int decimals) =>
        double.IsNaN(value) ? "–" : (value * 100).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + "\u00A0%";

    public static string Figure(double value) => double.IsNaN(value) ? "–" : ClassificationText.Number(value);
}
