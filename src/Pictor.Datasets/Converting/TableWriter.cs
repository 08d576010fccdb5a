using System.Globalization;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Tables;

namespace Pictor.Datasets.Converting;

/// <summary>labels.csv and images/. It holds everything but boxes.</summary>
internal static class TableWriter
{
    private static readonly string[] s_taken = ["path", "file", "image", "filename", "label", "labels", "class", "split", "group"];

    public static void Write(Output output)
    {
        Dataset data = output.Data;
        Label? between = data.Labels.FirstOrDefault(l => l.Id.AsSpan().ContainsAny(';', '|'));
        if (between is not null)
            throw new InputException(data.Path, $"The class '{between.Id}' holds ';' or '|', which stand between classes in a table", "Write it with --to manifest, or rename the class.");
        bool numeric = data.Task == DatasetTask.Numeric, parts = output.HasParts, groups = data.Samples.Any(s => s.Group is not null), targets = numeric || data.Samples.Any(s => s.Target is not null);
        string[] columns = [.. data.Samples.SelectMany(s => s.Columns.Keys).Distinct(StringComparer.Ordinal)];
        using var text = new StreamWriter(output.Place("labels.csv"), append: false, new System.Text.UTF8Encoding(false)) { NewLine = "\n" };
        string[] header =
        [
            "path", .. numeric ? [] : new[] { data.Task == DatasetTask.MultiLabel ? "labels" : "label" }, .. targets ? new[] { "target" } : [],
            .. parts ? new[] { "split" } : [], .. groups ? new[] { "group" } : [], .. columns.Select(c => ColumnName(output, c, numeric, targets)),
        ];
        text.WriteLine(string.Join(',', header.Select(CsvField.Quote)));
        output.ForEach(sample =>
        {
            Losses.Tell(output, sample, "Tables", boxes: true);
            var fields = new List<string> { "images/" + output.Picture(sample, "images/") };
            if (!numeric)
                fields.Add(string.Join(';', sample.Classes.Select(c => data.Labels[c].Id)));
            if (targets)
                fields.Add(sample.Target?.ToString("R", CultureInfo.InvariantCulture) ?? "");
            if (parts)
                fields.Add(sample.Declared is { } split ? SplitWords.Word(split) : "");
            if (groups)
                fields.Add(sample.Group ?? "");
            fields.AddRange(columns.Select(c => sample.Columns.GetValueOrDefault(c, "")));
            text.WriteLine(string.Join(',', fields.Select(CsvField.Quote)));
        });
    }

    private static string ColumnName(Output output, string column, bool numeric, bool targets)
    {
        string trimmed = column.Trim();
        bool taken = s_taken.Contains(trimmed, StringComparer.OrdinalIgnoreCase) || ((numeric || targets) && trimmed.ToUpperInvariant() is "TARGET" or "VALUE");
        if (taken)
            output.Warn($"The column '{column}' has a name with a meaning in tables and becomes '{column}_'.");
        return taken ? trimmed + "_" : column;
    }
}
