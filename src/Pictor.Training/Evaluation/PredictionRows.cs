using System.Globalization;
using Pictor.Datasets;

namespace Pictor.Training.Evaluation;

/// <summary>From CSV records to classes and scores, collecting every fault with its line.</summary>
internal sealed class PredictionRows
{
    private const int FaultsTold = 10;
    private const string Form = "The table needs the columns [file,]label and one for each class, with numbers that are not negative.";

    private readonly string _path;
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Problem)> _faults = [];
    private int _faultCount;
    private int _labelColumn;

    private PredictionRows(string path) => _path = path;

    public List<string> Names { get; } = [];

    public List<string> Files { get; } = [];

    public List<int> Truth { get; } = [];

    public List<double> Scores { get; } = [];

    public static PredictionRows Read(string path, CsvReader reader, CancellationToken cancellationToken)
    {
        var rows = new PredictionRows(path);
        var fields = new List<string>();
        if (!reader.Read(fields))
            throw new InputException(path, "the file is empty", Form);
        rows.ReadHeader(fields, reader.Line);
        while (reader.Read(fields))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.ReadRow(fields, reader.Line);
        }

        rows.ThrowFaults();
        if (rows.Truth.Count == 0)
            throw new InputException(path, "there is a header and no prediction below it", Form);
        return rows;
    }

    private void ReadHeader(List<string> fields, int line)
    {
        bool hasFile = Is(fields[0], "file") && fields.Count > 1 && Is(fields[1], "label");
        if (!hasFile && !Is(fields[0], "label"))
        {
            string found = string.Join(",", fields.Take(3));
            string separator = fields.Count == 1 && fields[0].AsSpan().ContainsAny(";\t") ? " The columns must be separated by commas." : "";
            throw new InputException($"{_path} line {line}", $"the header starts with '{Shorten(found)}', expected 'label,' or 'file,label,'.{separator}", Form);
        }

        _labelColumn = hasFile ? 1 : 0;
        foreach (string name in fields.Skip(_labelColumn + 1))
        {
            if (name.Trim().Length == 0)
                Fault(line, $"column {Names.Count + _labelColumn + 2} has no class name");
            else if (!_classes.TryAdd(name, Names.Count))
                Fault(line, $"class '{Shorten(name)}' has two columns");
            Names.Add(name);
        }

        if (Names.Count < 2)
            Fault(line, $"there {(Names.Count == 1 ? "is one class column" : "are no class columns")}, at least two are needed");
        ThrowFaults();
    }

    private void ReadRow(List<string> fields, int line)
    {
        int expected = Names.Count + _labelColumn + 1;
        if (fields.Count != expected)
        {
            Fault(line, $"{fields.Count} columns, and the header has {expected}");
            return;
        }

        string label = fields[_labelColumn];
        if (!_classes.TryGetValue(label, out int truth) && !_classes.TryGetValue(label.Trim(), out truth))
        {
            string hint = NearestWord.Of(label, Names) is { } near ? $" Did you mean '{near}'?" : "";
            Fault(line, $"label '{Shorten(label)}' is not among the {Names.Count} classes of the header.{hint}");
            return;
        }

        if ((long)Scores.Count + Names.Count > Array.MaxLength)
            throw new InputException($"{_path} line {line}", $"the table has more than {Array.MaxLength} numbers", "Judge it in parts.");
        Files.Add(_labelColumn == 1 ? fields[0] : "");
        Truth.Add(truth);
        for (int k = 0; k < Names.Count; k++)
        {
            string field = fields[_labelColumn + 1 + k];
            string? problem = Parse(field, out double score);
            if (problem is not null)
                Fault(line, $"'{Shorten(field)}' for class '{Shorten(Names[k])}' {problem}");
            Scores.Add(score);
        }
    }

    private static string? Parse(string field, out double score)
    {
        if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out score))
            return "is not a number";
        return !double.IsFinite(score) ? "is not a finite number" : score < 0 ? "is negative" : null;
    }

    private void Fault(int line, string problem)
    {
        _faultCount++;
        if (_faults.Count < FaultsTold)
            _faults.Add((line, problem));
    }

    private void ThrowFaults()
    {
        if (_faultCount == 0)
            return;
        if (_faultCount == 1)
            throw new InputException($"{_path} line {_faults[0].Line}", _faults[0].Problem, "Fix the line.") { Code = "predictions.invalid" };
        string more = _faultCount > _faults.Count ? $"; and {_faultCount - _faults.Count} more" : "";
        throw new InputException(_path, $"{_faultCount} faults: {string.Join("; ", _faults.Select(f => $"line {f.Line}: {f.Problem.TrimEnd('.')}"))}{more}", "Fix these lines.")
        { Code = "predictions.invalid" };
    }

    private static bool Is(string field, string name) => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    // Names come from anyone's file: errors stay readable whatever stands there.
    private static string Shorten(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= 60 ? line : line[..57] + "...";
    }
}
