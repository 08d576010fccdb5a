using System.Text;

namespace Pictor.Datasets;

/// <summary>Records of a CSV file by RFC 4180, each with the line it starts on: fields may be quoted and then hold commas, quotes (doubled) and line ends.</summary>
/// <param name="text">The file's text.</param>
/// <param name="separator">What stands between fields: a comma, a tab or a semicolon.</param>
public sealed class CsvReader(TextReader text, char separator = ',')
{
    /// <summary>A field longer than this is taken for a quote that is never closed.</summary>
    public const int LongestField = 1 << 16;

    private readonly StringBuilder _field = new();
    private int _line = 1;

    /// <summary>Line of the record that was read last, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Reads a record; false at the end. Empty lines are passed over.</summary>
    /// <exception cref="CsvException">A quote is not closed, or something stands behind a closing one.</exception>
    public bool Read(List<string> fields)
    {
        fields.Clear();
        while (text.Peek() is '\r' or '\n')
            EndLine(text.Read());
        Line = _line;
        if (text.Peek() < 0)
            return false;
        while (true)
        {
            fields.Add(text.Peek() == '"' ? Quoted() : Plain());
            int end = text.Read();
            if (end == separator)
                continue;
            if (end < 0)
                return true;
            if (end is not ('\r' or '\n'))
                throw new CsvException(_line, $"'{(char)end}' stands behind a closing quote; a field ends with {(separator == '\t' ? "a tab" : $"'{separator}'")} or the line");
            EndLine(end);
            return true;
        }
    }

    private string Plain()
    {
        _field.Clear();
        while (text.Peek() is var next && next != separator && next is not ('\r' or '\n' or -1))
            Add((char)text.Read(), Line);
        return _field.ToString();
    }

    private string Quoted()
    {
        int opened = _line;
        _field.Clear();
        Skip();
        while (true)
        {
            int c = text.Read();
            if (c < 0)
                throw new CsvException(opened, "a quote is opened and never closed");
            if (c == '"')
            {
                if (text.Peek() != '"')
                    return _field.ToString();
                Skip();
            }
            else if (c is '\r' or '\n')
            {
                // Kept as it stands, for it belongs to the value; only counted.
                if (c == '\n' || text.Peek() != '\n')
                    _line++;
            }

            Add((char)c, opened);
        }
    }

    private void Add(char c, int line)
    {
        if (_field.Length == LongestField)
            throw new CsvException(line, $"a field is longer than {LongestField} characters; a quote may be missing");
        _field.Append(c);
    }

    private void Skip() => _ = text.Read();

    private void EndLine(int c)
    {
        if (c == '\r' && text.Peek() == '\n')
            Skip();
        _line++;
    }
}

/// <summary>A fault in the form of a CSV file, after which no record can be trusted.</summary>
/// <param name="line">Counted from 1.</param>
/// <param name="problem">What is wrong.</param>
public sealed class CsvException(int line, string problem) : Exception(problem)
{
    /// <summary>Where the fault is, counted from 1.</summary>
    public int Line { get; } = line;
}
