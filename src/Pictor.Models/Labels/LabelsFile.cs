using System.Text;

namespace Pictor.Models.Labels;

/// <summary>
/// <c>labels.tsv</c>: a header line, then a class a line in the order of the outputs. Columns are divided by tabs, the parts of the last
/// two by '|'; a backslash escapes tab (\t), line ends (\n, \r), '|' and itself, so that every name survives.
/// </summary>
internal static class LabelsFile
{
    private const string Header = "id\tenglish\tchinese\tsynonyms\tbroader";

    public static byte[] Write(IEnumerable<Label> labels)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (Label label in labels)
        {
            text.Append(Escape(label.Id)).Append('\t').Append(Escape(label.Name)).Append('\t').Append(Escape(label.Chinese ?? "")).Append('\t')
                .AppendJoin('|', label.Synonyms.Select(Escape)).Append('\t').AppendJoin('|', label.Broader.Select(Escape)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <exception cref="FormatException">A line is not as described; the message says which and why.</exception>
    public static IReadOnlyList<Label> Read(ReadOnlySpan<byte> file)
    {
        string[] lines = new UTF8Encoding(false, throwOnInvalidBytes: false).GetString(file).Split('\n');
        if (lines[0].TrimEnd('\r') != Header)
            throw new FormatException("the first line is not the header 'id english chinese synonyms broader'");
        var labels = new List<Label>(lines.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 && i == lines.Length - 1)
                break;
            string[] parts = line.Split('\t');
            if (parts.Length != 5)
                throw new FormatException($"line {i + 1} has {parts.Length} columns instead of 5");
            string id = Unescape(parts[0]), name = Unescape(parts[1]);
            if (id.Length == 0 || name.Length == 0)
                throw new FormatException($"line {i + 1} has no {(id.Length == 0 ? "id" : "name")}");
            if (!seen.Add(id))
                throw new FormatException($"line {i + 1} repeats the id '{id}'");
            labels.Add(new Label(id, name, parts[2].Length == 0 ? null : Unescape(parts[2])) { Synonyms = Parts(parts[3]), Broader = Parts(parts[4]) });
        }

        return labels;
    }

    private static string Escape(string text) =>
        text.AsSpan().IndexOfAny("\\\t\n\r|") < 0
            ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            plain.Append(text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }

        return plain.ToString();
    }

    private static string[] Parts(string column)
    {
        if (column.Length == 0)
            return [];
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i <= column.Length; i++)
        {
            if (i < column.Length && column[i] == '\\')
            {
                i++;
                continue;
            }

            if (i < column.Length && column[i] != '|')
                continue;
            parts.Add(Unescape(column[start..i]));
            start = i + 1;
        }

        return [.. parts.Where(part => part.Length > 0)];
    }
}
