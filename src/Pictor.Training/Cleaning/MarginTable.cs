using System.Globalization;
using System.Text;
using Pictor.Datasets;

namespace Pictor.Training.Cleaning;

/// <summary>The margins of a run.</summary>
/// <param name="Samples">Indices into the data set.</param>
/// <param name="Labels">Class of each, as it was trained.</param>
/// <param name="Predicted">Class whose logit was largest most often.</param>
/// <param name="Margins">Logit of the label less the largest other one, averaged over the epochs.</param>
internal sealed record MarginTable(int[] Samples, int[] Labels, int[] Predicted, double[] Margins)
{
    /// <summary>What the trainer writes into the run folder: <c>file,label,margin,predicted</c>.</summary>
    public const string FileName = "margins.csv";

    private const int FaultsTold = 5;
    private const string Remedy = "Name the folder of a run on this very data set that has ended ('pictor train --data DATA --out RUN'), with this version of Pictor.";

    /// <summary>Reads the table of a run; rows of files that the data set does not have, or that it labels otherwise by now, are passed over.</summary>
    /// <exception cref="InputException">There is none, it is no such table, or it belongs to other data.</exception>
    public static MarginTable Read(string run, Dataset data)
    {
        string full = Path.GetFullPath(run);
        string path = Directory.Exists(full) ? Path.Combine(full, FileName) : full;
        try
        {
            using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Rows(path, new CsvReader(text), data);
        }
        catch (CsvException e)
        {
            throw new InputException($"{path} line {e.Line}", e.Message, Remedy, e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(path, "it is not UTF-8 text", Remedy, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, File.Exists(path) ? $"it cannot be read ({e.Message})" : $"there is no {FileName} of a run", Remedy, e);
        }
    }

    private static MarginTable Rows(string path, CsvReader reader, Dataset data)
    {
        var fields = new List<string>();
        if (!reader.Read(fields) || !fields.Select(f => f.Trim()).SequenceEqual(["file", "label", "margin", "predicted"], StringComparer.Ordinal))
            throw new InputException($"{path} line 1", $"the header is '{string.Join(',', fields.Take(5))}', expected 'file,label,margin,predicted'", Remedy);
        Dictionary<string, int> sampleOf = data.Samples.ToDictionary(s => s.File, s => s.Index, StringComparer.Ordinal);
        Dictionary<string, int> classOf = data.Labels.Select((l, c) => (l.Id, c)).ToDictionary(p => p.Id, p => p.c, StringComparer.Ordinal);
        List<int> samples = [], labels = [], predicted = [];
        var margins = new List<double>();
        var faults = new List<string>();
        int rows = 0;
        while (reader.Read(fields))
        {
            rows++;
            if (fields.Count != 4)
                faults.Add($"line {reader.Line}: {fields.Count} columns, expected 4");
            else if (!double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double margin) || !double.IsFinite(margin))
                faults.Add($"line {reader.Line}: margin '{fields[2]}' is not a finite number");
            else if (sampleOf.TryGetValue(fields[0], out int sample) && classOf.TryGetValue(fields[1], out int label) && classOf.TryGetValue(fields[3], out int answer) && data.Samples[sample].Class == label)
            {
                samples.Add(sample);
                labels.Add(label);
                predicted.Add(answer);
                margins.Add(margin);
            }
        }

        if (faults.Count > 0)
            throw new InputException(path, string.Join("; ", faults.Take(FaultsTold)) + (faults.Count > FaultsTold ? $"; and {faults.Count - FaultsTold} lines more" : ""), Remedy);
        return samples.Count > 0
            ? new MarginTable([.. samples], [.. labels], [.. predicted], [.. margins])
            : throw new InputException(path, rows == 0 ? "it holds no margins" : $"none of its {rows} files is in {data.Path} under the same label", Remedy);
    }
}
