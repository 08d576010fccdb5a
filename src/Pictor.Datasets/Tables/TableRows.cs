using System.Globalization;
using System.Text;
using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Tables;

/// <summary>One row: what it says, before the picture is looked for.</summary>
internal sealed record TableRow(int Line, string Path, IReadOnlyList<string> Classes, double? Target, Split? Split, string? Group, IReadOnlyDictionary<string, string>? Columns);

/// <summary>The rows of a table, read whole; every fault is collected with its line.</summary>
internal sealed class TableRows
{
    private static readonly char[] s_between = [';', '|'];

    private TableRows(DatasetTask task, List<TableRow> rows) => (Task, Rows) = (task, rows);

    public DatasetTask Task { get; }

    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>The header of a text that is such a table; null for any other text.</summary>
    public static TableColumns? HeaderOf(ReadOnlySpan<byte> start)
    {
        string text = Encoding.UTF8.GetString(start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start);
        string line = text.TrimStart('\r', '\n').Split(['\r', '\n'], 2)[0];
        var fields = new List<string>();
        try
        {
            return new CsvReader(new StringReader(line), TableColumns.SeparatorOf(line)).Read(fields) ? TableColumns.Of(fields, out _) : null;
        }
        catch (CsvException)
        {
            return null;
        }
    }

    /// <exception cref="InputException">It is not such a table; the first faults are told at once.</exception>
    public static TableRows Read(ReadOnlyMemory<byte> bytes, string name, CancellationToken cancellationToken)
    {
        string text = Decode(bytes.Span, name);
        char separator = TableColumns.SeparatorOf(text.TrimStart('\r', '\n').Split(['\r', '\n'], 2)[0]);
        var reader = new CsvReader(new StringReader(text), separator);
        var fields = new List<string>();
        try
        {
            if (!reader.Read(fields))
                throw new InputException(name, "The table is empty", $"Its first line should be {TableColumns.Expected}.");
            TableColumns columns = TableColumns.Of(fields, out string? problem)
                ?? throw new InputException($"{name} line {reader.Line}", problem!, $"The header should be {TableColumns.Expected}.") { Code = "data.table" };
            return Read(reader, columns, name, separator, cancellationToken);
        }
        catch (CsvException e)
        {
            throw new InputException($"{name} line {e.Line}", e.Message, "Write the table as CSV (RFC 4180).", e) { Code = "data.table" };
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(name, "It is not UTF-8 text", "Save the table as CSV in UTF-8.", e);
        }
    }

    private static TableRows Read(CsvReader reader, TableColumns columns, string name, char separator, CancellationToken cancellationToken)
    {
        var faults = new LineFaults(name);
        var rows = new List<TableRow>();
        var fields = new List<string>();
        var texts = new Texts();
        bool several = columns.Several;
        while (reader.Read(fields))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (fields.Count != columns.Count)
            {
                faults.Add(reader.Line, string.Create(CultureInfo.InvariantCulture, $"it has {fields.Count} fields, and the header has {columns.Count}{(fields.Count > columns.Count ? $"; a field with a {(separator == '\t' ? "tab" : $"'{separator}'")} in it is quoted" : "")}"));
                continue;
            }

            rows.Add(Row(reader.Line, fields, columns, texts, faults));
            several |= columns.Label >= 0 && fields[columns.Label].AsSpan().ContainsAny(s_between);
        }

        DatasetTask task = columns.IsNumeric ? DatasetTask.Numeric : several ? DatasetTask.MultiLabel : DatasetTask.SingleLabel;
        if (task == DatasetTask.SingleLabel)
        {
            foreach (TableRow row in rows.Where(r => r.Classes.Count == 0))
                faults.Add(row.Line, $"'{row.Path}' has no label");
        }

        faults.ThrowIfAny("Correct these lines, or take them out.");
        return rows.Count > 0 ? new TableRows(task, rows) : throw new InputException(name, "The table has a header and no rows", "Write one line for each picture.");
    }

    private static TableRow Row(int line, List<string> fields, TableColumns columns, Texts texts, LineFaults faults)
    {
        string path = fields[columns.Path].Trim();
        if (path.Length == 0)
            faults.Add(line, "the path is empty");

        Split? split = null;
        if (columns.Split >= 0 && fields[columns.Split].Trim() is { Length: > 0 } word)
        {
            split = SplitWords.Of(word);
            if (split is null)
                faults.Add(line, SplitWords.Problem(word));
        }

        double? target = null;
        if (columns.Target >= 0)
        {
            string number = fields[columns.Target].Trim();
            if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
                target = value;
            else
                faults.Add(line, number.Length == 0 ? "the number is missing" : $"'{number}' is no number; a number looks like 12.5");
        }

        string[] classes = columns.Label < 0 ? [] : [.. fields[columns.Label].Split(s_between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(texts.Shared)];
        string? group = columns.Group >= 0 && fields[columns.Group].Trim() is { Length: > 0 } g ? texts.Shared(g) : null;
        Dictionary<string, string>? others = null;
        if (columns.Others.Count > 0)
        {
            others = new Dictionary<string, string>(columns.Others.Count, StringComparer.Ordinal);
            foreach ((int index, string column) in columns.Others)
                others[column] = texts.Shared(fields[index]);
        }

        return new TableRow(line, path, classes, target, split, group, others);
    }

    /// <summary>Values repeat in a table of a hundred thousand rows; each is kept once.</summary>
    private sealed class Texts
    {
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

        public string Shared(string text)
        {
            if (_known.TryGetValue(text, out string? known))
                return known;
            _known[text] = text;
            return text;
        }
    }
}
