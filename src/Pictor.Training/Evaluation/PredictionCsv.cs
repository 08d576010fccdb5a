using System.Globalization;
using System.Text;
using Pictor.Datasets;
using Pictor.Datasets.Tables;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>A table of predictions as a file: <c>[file,]label,</c> and one column for each class.</summary>
/// <param name="Names">Names of the classes, in the order of the columns.</param>
/// <param name="Files">File of each sample, empty where the table has no such column.</param>
/// <param name="Table">The predictions.</param>
/// <param name="Sha256">Of the file that was read.</param>
internal sealed record PredictionCsv(IReadOnlyList<string> Names, IReadOnlyList<string> Files, PredictionTable Table, string Sha256)
{
    /// <summary>Reads a table; faults in several lines are told at once.</summary>
    /// <exception cref="InputException">The file is missing, or is not such a table.</exception>
    public static PredictionCsv Read(string path, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        try
        {
            using FileStream file = File.OpenRead(full);
            using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
            var rows = PredictionRows.Read(full, new CsvReader(text), cancellationToken);
            file.Position = 0;
            string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
            return new PredictionCsv(rows.Names, rows.Files, new PredictionTable(rows.Names.Count, [.. rows.Truth], [.. rows.Scores]), sha256);
        }
        catch (CsvException e)
        {
            throw new InputException($"{full} line {e.Line}", e.Message, "Write the table as CSV (RFC 4180).", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(full, "it is not UTF-8 text", "Save the table as CSV in UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string problem = Directory.Exists(full) ? "it is a folder, and a CSV file is needed" : File.Exists(full) ? $"it cannot be read ({e.Message})" : "there is no such file";
            throw new InputException(full, problem, "Name a CSV file with the columns [file,]label and one for each class.", e);
        }
    }

    /// <summary>Writes <c>file,label,</c> and the classes; numbers so that reading gives the very same ones.</summary>
    public static void Write(string path, IReadOnlyList<string> names, IReadOnlyList<string> files, PredictionTable table)
    {
        string temporary = path + ".tmp";
        using (var text = new StreamWriter(temporary, append: false, new UTF8Encoding(false)))
        {
            text.Write("file,label");
            foreach (string name in names)
                text.Write("," + CsvField.Quote(name));
            text.Write("\n");
            for (int i = 0; i < table.Samples; i++)
            {
                text.Write($"{CsvField.Quote(files[i])},{CsvField.Quote(names[table.Truth[i]])}");
                foreach (double score in table.Scores(i))
                {
                    text.Write(',');
                    text.Write(score.ToString("R", CultureInfo.InvariantCulture));
                }

                text.Write("\n");
            }
        }

        File.Move(temporary, path, overwrite: true);
    }
}
