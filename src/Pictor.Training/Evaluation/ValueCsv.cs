using System.Globalization;
using System.Text;
using Pictor.Datasets;
using Pictor.Datasets.Tables;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>A table of numbers as a file: <c>[file,]target,value</c>.</summary>
internal static class ValueCsv
{
    private const string Form = "The table needs the columns [file,]target,value, with a number in the last two.";

    /// <summary>Whether a file starts like one; a file that cannot be read is left to who reads it as predictions.</summary>
    public static bool Is(string path)
    {
        try
        {
            using StreamReader text = File.OpenText(path);
            string[] header = [.. (text.ReadLine() ?? "").Split(',').Select(c => c.Trim().ToLowerInvariant())];
            return header is ["target", "value"] or ["file", "target", "value"];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <exception cref="InputException">A line is not such a row.</exception>
    public static RegressionJudgement Judge(string path, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        byte[] bytes = File.ReadAllBytes(full);
        var files = new List<string>();
        var targets = new List<double>();
        var values = new List<double>();
        try
        {
            using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true));
            var reader = new CsvReader(text);
            var fields = new List<string>();
            reader.Read(fields);
            int columns = fields.Count;
            while (reader.Read(fields))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (fields.Count != columns)
                    throw new InputException($"{full} line {reader.Line}", $"{fields.Count} columns, and the header has {columns}", Form) { Code = "predictions.invalid" };
                files.Add(columns == 3 ? fields[0] : "");
                targets.Add(Number(full, reader.Line, fields[^2]));
                values.Add(Number(full, reader.Line, fields[^1]));
            }
        }
        catch (CsvException e)
        {
            throw new InputException($"{full} line {e.Line}", e.Message, "Write the table as CSV (RFC 4180).", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(full, "it is not UTF-8 text", "Save the table as CSV in UTF-8.", e);
        }

        if (targets.Count == 0)
            throw new InputException(full, "there is a header and no prediction below it", Form);
        return new RegressionJudgement
        {
            Files = files,
            Targets = [.. targets],
            Values = [.. values],
            Figures = RegressionFigures.Of([.. targets], [.. values]),
            Data = new DataFacts(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), null),
            Source = full,
        };
    }

    /// <summary>Writes <c>file,target,value</c>.</summary>
    public static void Write(string path, RegressionJudgement judgement) => Runs.RunFiles.Replace(path, "file,target,value\n" + string.Concat(judgement.Files.Select((file, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{CsvField.Quote(file)},{judgement.Targets[i]:R},{judgement.Values[i]:R}\n"))));

    private static double Number(string path, int line, string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new InputException($"{path} line {line}", $"'{(field.Length > 60 ? field[..57] + "..." : field)}' is not a finite number", Form) { Code = "predictions.invalid" };
}
