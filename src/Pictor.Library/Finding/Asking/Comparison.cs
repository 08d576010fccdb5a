using System.Globalization;

namespace Pictor.Library.Finding.Asking;

/// <summary>How a value of a filter compares: 3, &gt;3, &gt;=3, &lt;3, &lt;=3, 1..3, 1.., ..3. Full-width signs, ≥ and ≤ count too.</summary>
/// <param name="Least">What the value is compared with from below; null: nothing.</param>
/// <param name="LeastIncluded">That very value fits.</param>
/// <param name="Most">From above.</param>
/// <param name="MostIncluded">That very value fits.</param>
internal sealed record Comparison(string? Least, bool LeastIncluded, string? Most, bool MostIncluded)
{
    internal static Comparison Parse(string folded)
    {
        string text = folded.Replace('≥', '>').Replace('≤', '<') is var plain && folded.IndexOfAny(['≥', '≤']) == 0 ? plain[..1] + "=" + plain[1..] : folded;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
            return new Comparison(NullIfEmpty(text[..dots]), true, NullIfEmpty(text[(dots + 2)..]), true);
        return text switch
        {
            ['>', '=', .. var rest] => new(rest.Trim(), true, null, false),
            ['<', '=', .. var rest] => new(null, false, rest.Trim(), true),
            ['>', .. var rest] => new(rest.Trim(), false, null, false),
            ['<', .. var rest] => new(null, false, rest.Trim(), false),
            ['=', .. var rest] => new(rest.Trim(), true, rest.Trim(), true),
            _ => new(text, true, text, true),
        };
    }

    /// <summary>One value alone, and not a bound.</summary>
    internal bool IsEqual => Least is not null && ReferenceEquals(Least, Most);

    internal static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string? NullIfEmpty(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
