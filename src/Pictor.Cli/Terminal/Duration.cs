using System.Globalization;
using System.Text.RegularExpressions;

namespace Pictor.Cli.Terminal;

/// <summary>A length of time as people write it: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, or a number of seconds.</summary>
internal static partial class Duration
{
    /// <exception cref="InputException">It is none, or not above zero.</exception>
    public static double Seconds(string text, string subject)
    {
        Match match = Pattern().Match(text.Trim());
        double seconds = 0;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double plain))
            seconds = plain;
        else if (match.Success)
            seconds = (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s");
        return seconds > 0 ? seconds : throw new InputException(subject, $"'{text}' is no length of time", "Write 90s, 10m, 1h30m, or a number of seconds.");
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^((?<h>[\d.]+) *h)? *((?<m>[\d.]+) *m(in)?)? *((?<s>[\d.]+) *s)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
