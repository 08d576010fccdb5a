using System.Text;

namespace Pictor.Datasets.Yolo;

/// <summary>The part of YAML that data.yaml files are written in: top-level keys with a value, a list or a map of plain values, in flow or in block style.</summary>
internal sealed class YoloYaml
{
    private readonly Dictionary<string, List<(string? Key, string Value)>> _entries = new(StringComparer.Ordinal);

    /// <summary>The values of a key, with their own keys where it is a map; empty when the key is absent.</summary>
    public IReadOnlyList<(string? Key, string Value)> this[string key] => _entries.TryGetValue(key, out List<(string? Key, string Value)>? values) ? values : [];

    /// <exception cref="InputException">A bracket or a quote is not closed, or a key stands twice.</exception>
    public static YoloYaml Parse(string text, string name)
    {
        var yaml = new YoloYaml();
        List<(string? Key, string Value)>? current = null;
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = WithoutComment(lines[i]).TrimEnd();
            string content = line.TrimStart();
            if (content.Length == 0 || content is "---" or "...")
                continue;
            bool nested = line.Length > content.Length || content.StartsWith('-');
            if (nested && current is not null)
            {
                bool item = content.StartsWith('-');
                string rest = item ? content[1..].Trim() : content;
                (string? key, string value) = item ? (null, rest) : Pair(rest);
                if (key is not null || item)
                    current.Add((key is null ? null : Unquote(key, name, i + 1), Unquote(value, name, i + 1)));
                continue;
            }

            (string? top, string inline) = Pair(content);
            if (top is null)
                continue;
            while (inline is ['[' or '{', ..] && !IsClosed(inline))
            {
                if (++i == lines.Length)
                    throw new InputException(name, $"The list of '{top}' is not closed", "Close it with ] or }.");
                inline += " " + WithoutComment(lines[i]).Trim();
            }

            current = [];
            if (!yaml._entries.TryAdd(Unquote(top, name, i + 1), current))
                throw new InputException($"{name} line {i + 1}", $"'{top}' stands twice", "Take one of them out.");
            if (inline is ['[' or '{', ..])
                current.AddRange(Flow(inline, name, i + 1));
            else if (inline.Length > 0)
                current.Add((null, Unquote(inline, name, i + 1)));
        }

        return yaml;
    }

    private static IEnumerable<(string? Key, string Value)> Flow(string text, string name, int line)
    {
        bool map = text[0] == '{';
        foreach (string part in Parts(text[1..^1]))
        {
            (string? key, string value) = map ? Pair(part) : (null, part);
            yield return (key is null ? null : Unquote(key, name, line), Unquote(value, name, line));
        }
    }

    /// <summary>Splits at commas outside quotes; a comma behind the last value is allowed.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is '"' or '\'')
                i = EndOfQuote(text, i);
            else if (i >= text.Length || text[i] == ',')
            {
                string part = text[start..Math.Min(i, text.Length)].Trim();
                start = i + 1;
                if (part.Length > 0)
                    yield return part;
            }
        }
    }

    private static bool IsClosed(string text)
    {
        char close = text[0] == '[' ? ']' : '}';
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'')
                i = EndOfQuote(text, i);
            else if (text[i] == close)
                return i == text.TrimEnd().Length - 1;
        }

        return false;
    }

    private static (string? Key, string Value) Pair(string text)
    {
        int from = text[0] is '"' or '\'' ? EndOfQuote(text, 0) : 0;
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] == ':' && (i + 1 == text.Length || text[i + 1] is ' ' or '\t'))
                return (text[..i].Trim(), text[(i + 1)..].Trim());
        }

        return (null, text);
    }

    private static int EndOfQuote(string text, int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            bool escaped = text[start] == '"' ? text[i] == '\\' : text[i] == '\'' && i + 1 < text.Length && text[i + 1] == '\'';
            if (escaped)
                i++;
            else if (text[i] == text[start])
                return i;
        }

        return text.Length;
    }

    private static string WithoutComment(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is '"' or '\'' && (i == 0 || line[i - 1] is ' ' or '[' or '{' or ',' or ':' or '\t'))
                i = EndOfQuote(line, i);
            else if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
                return line[..i];
        }

        return line;
    }

    private static string Unquote(string text, string name, int line)
    {
        if (text is not ['"' or '\'', ..])
            return text;
        int end = EndOfQuote(text, 0);
        if (end != text.Length - 1)
            throw new InputException($"{name} line {line}", $"The quotes in {text} do not close", "Close them, or take them out.");
        if (text[0] == '\'')
            return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
        var plain = new StringBuilder();
        for (int i = 1; i < end; i++)
            plain.Append(text[i] == '\\' && i + 1 < end ? text[++i] switch { 'n' => '\n', 't' => '\t', var c => c } : text[i]);
        return plain.ToString();
    }
}
