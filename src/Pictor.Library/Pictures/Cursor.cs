using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Pictor.Library.Pictures;

/// <summary>Where the next page begins, as text that means nothing to others.</summary>
internal static class Cursor
{
    internal const int GreatestLimit = 10_000;

    internal static string Write(params ReadOnlySpan<long> values)
    {
        var text = new StringBuilder();
        foreach (long value in values)
            text.Append(text.Length > 0 ? "." : "").Append(value.ToString(CultureInfo.InvariantCulture));
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <exception cref="InputException">It was not written by <see cref="Write"/> for this kind of page.</exception>
    internal static long[]? Read(string? cursor, int values)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        try
        {
            long[] result = [.. Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.').Select(v => long.Parse(v, CultureInfo.InvariantCulture))];
            if (result.Length == values)
                return result;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Told below.
        }

        throw new InputException("cursor", $"'{cursor}' is not a place in this list", "Use nextCursor of the page before, or leave it out for the first page.") { Code = "cursor.invalid" };
    }

    /// <summary>Where a ranked page begins.</summary>
    internal static int ReadOffset(string? cursor) => Read(cursor, 1) is { } values ? (int)Math.Clamp(values[0], 0, int.MaxValue / 2) : 0;

    internal static int Limit(int limit) => limit is > 0 and <= GreatestLimit
        ? limit
        : throw new InputException("limit", $"{limit} is not between 1 and {GreatestLimit:N0}", "Ask for fewer, and for the next page with the cursor.") { Code = "limit.invalid" };
}
