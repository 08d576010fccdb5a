using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Labels;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Cleaning;

/// <summary>Probabilities of samples by networks that were not trained on them.</summary>
/// <param name="Samples">Indices into the data set.</param>
/// <param name="Probabilities">[samples, classes of the data set].</param>
internal sealed record OutOfSampleTable(int[] Samples, double[] Probabilities)
{
    /// <summary>Takes a table of anyone's predictions.</summary>
    /// <exception cref="InputException">It is no such table, or its files or classes are not those of the data set.</exception>
    public static OutOfSampleTable Read(string path, Dataset data, CancellationToken cancellationToken)
    {
        var csv = PredictionCsv.Read(path, cancellationToken);
        int[] match = LabelMatcher.Match([.. csv.Names.Select(n => new Label(n, n))], data.Labels);
        string[] unknown = [.. csv.Names.Where((_, c) => match[c] < 0)];
        if (unknown.Length > 0)
        {
            throw new InputException(path, $"{unknown.Length} of its classes are not in {data.Path} ({string.Join(", ", unknown.Take(5).Select(n => $"'{n}'"))})",
                $"The data set has {string.Join(", ", data.Labels.Take(10).Select(l => $"'{l.Id}'"))}{(data.Labels.Count > 10 ? ", ..." : "")}.");
        }

        int[] samples = SamplesOf(path, csv, data);
        int[] rows = [.. Enumerable.Range(0, samples.Length).Where(r => samples[r] >= 0)];
        if (rows.Length == 0)
            throw new InputException(path, $"none of its {samples.Length} files is in {data.Path}", "Predict the pictures of this data set, and name them as 'pictor evaluate' does.");
        var probabilities = new double[rows.Length * data.Labels.Count];
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<double> scores = csv.Table.Scores(rows[r]);
            double sum = 0;
            foreach (double score in scores)
                sum += score;
            for (int c = 0; c < match.Length; c++)
                probabilities[(r * data.Labels.Count) + match[c]] = sum > 0 ? scores[c] / sum : 1.0 / match.Length;
        }

        return new OutOfSampleTable([.. rows.Select(r => samples[r])], probabilities);
    }

    /// <summary>Confident learning over the table.</summary>
    public LabelVerdict Judge(Dataset data, string source)
    {
        int[] labels = [.. Samples.Select(s => data.Samples[s].Class)];
        IReadOnlyList<LabelIssue> issues = ConfidentLearning.Find(Probabilities, labels, data.Labels.Count);
        return new LabelVerdict(
            new LabelErrorSource("confident-learning", source, Samples.Length, null),
            [.. issues.Select(i => new LabelSuspect(Samples[i.Sample], i.Suggested, i.Confidence, LabelWords.Say(data, i.Label, i.Suggested, i.Confidence)))]);
    }

    private static int[] SamplesOf(string path, PredictionCsv csv, Dataset data)
    {
        if (csv.Files.All(f => f.Length == 0))
        {
            return csv.Table.Samples == data.Samples.Count
                ? [.. Enumerable.Range(0, data.Samples.Count)]
                : throw new InputException(path, $"it has no column 'file', and its {csv.Table.Samples} rows are not the {data.Samples.Count} samples of the data set in their order", "Add the column 'file'.");
        }

        Dictionary<string, int> byFile = data.Samples.ToDictionary(s => s.File, s => s.Index, StringComparer.Ordinal);
        string folder = Directory.Exists(data.Path) ? data.Path : Path.GetDirectoryName(data.Path)!;
        return [.. csv.Files.Select(f => byFile.TryGetValue(f, out int sample) || byFile.TryGetValue(Path.Combine(folder, f), out sample) || byFile.TryGetValue($"{data.Path}!{f}", out sample) ? sample : -1)];
    }
}
