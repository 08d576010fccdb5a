using System.Globalization;
using System.Text.RegularExpressions;

namespace Pictor.Library.Finding.Asking;

/// <summary>A year, a month or a day as people write it, 2023, 2023-07, 2023/7/4, 2023年7月4日, from its first moment to the first moment after it.</summary>
internal readonly partial record struct DateSpan(DateTime From, DateTime To)
{
    internal static DateSpan? Parse(string folded)
    {
        Match match = Pattern().Match(folded);
        if (!match.Success)
            return null;
        int year = Part("year")!.Value;
        try
        {
            if (Part("month") is not { } month)
                return new DateSpan(new DateTime(year, 1, 1), new DateTime(year, 1, 1).AddYears(1));
            var first = new DateTime(year, month, 1);
            return Part("day") is { } day ? new DateSpan(new DateTime(year, month, day), new DateTime(year, month, day).AddDays(1)) : new DateSpan(first, first.AddMonths(1));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // the 31st of June
        }

        int? Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>As the catalogue keeps times.</summary>
    internal static long Milliseconds(DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    [GeneratedRegex("^(?<year>(1[89]|2[01])[0-9]{2})(年?|([-/.年])(?<month>[0-9]{1,2})(月?|([-/.月])(?<day>[0-9]{1,2})日?))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
