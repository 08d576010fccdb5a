using System.Buffers;

namespace Pictor.Datasets.Tables;

/// <summary>A field of a table as RFC 4180 writes it.</summary>
public static class CsvField
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n;\t");

    /// <summary>In quotes where a reader would need them; the empty text stays empty.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(s_quoted) || (field.Length > 0 && (char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1])))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
