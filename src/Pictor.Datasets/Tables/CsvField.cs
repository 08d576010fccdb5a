using System.Buffers;

namespace Pictor.Datasets.Tables;

/// <summary>A field as RFC 4180 writes it.</summary>
internal static class CsvField
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n;\t");

    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(s_quoted) || (field.Length > 0 && (char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1])))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
