using System.Text.Json;
using System.Text.Json.Serialization;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>report.json: the fields are a contract with programs of others.</summary>
internal sealed record EvaluationReport(
    int Samples, double Accuracy, ConfidenceInterval AccuracyInterval, double? Top5, AverageFigures MacroAvg, AverageFigures WeightedAvg, AverageFigures MicroAvg,
    IReadOnlyList<ClassReport> PerClass, ConfusionReport Confusion, AucReport Auc, AveragePrecisionReport AveragePrecision, double LogLoss, double CalibrationError,
    IReadOnlyList<SkippedFile> Skipped, ModelFacts? Model, DataFacts Data)
{
    public static EvaluationReport Of(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        IReadOnlyList<string> names = judgement.Names;
        return new EvaluationReport(
            f.Samples, f.Accuracy, f.AccuracyInterval, f.Top5, f.Macro, f.Weighted, f.Micro,
            [.. f.Classes.Select((c, k) => new ClassReport(names[k], c.Precision, c.Recall, c.F1, c.Support, c.Auc, c.AveragePrecision))],
            new ConfusionReport(names, [.. Enumerable.Range(0, names.Count).Select(k => f.Confusion.Row(k).ToArray())]),
            new AucReport(f.MacroAuc, f.MicroAuc), new AveragePrecisionReport(f.MacroAveragePrecision), f.LogLoss, f.CalibrationError,
            judgement.Skipped, judgement.Model, judgement.Data);
    }
}

internal sealed record ClassReport(string Label, double Precision, double Recall, double F1, int Support, double Auc, double AveragePrecision);

/// <param name="Labels">Names of rows and columns.</param>
/// <param name="Matrix">[truth, answer].</param>
internal sealed record ConfusionReport(IReadOnlyList<string> Labels, [property: JsonConverter(typeof(RowOnALine))] IReadOnlyList<int[]> Matrix);

/// <summary>A row of the matrix stays on one line; two hundred classes would else take forty thousand.</summary>
internal sealed class RowOnALine : JsonConverter<IReadOnlyList<int[]>>
{
    public override IReadOnlyList<int[]> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<int[][]>(ref reader, options) ?? [];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int[]> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (int[] row in value)
            writer.WriteRawValue($"[{string.Join(", ", row)}]");
        writer.WriteEndArray();
    }
}

internal sealed record AucReport(double Macro, double Micro);

internal sealed record AveragePrecisionReport(double Macro);

/// <summary>The package that was judged.</summary>
internal sealed record ModelFacts(string Name, string Version, string Sha256);

/// <summary>What it was judged on.</summary>
/// <param name="Fingerprint">Of the data set; the SHA-256 of the file for a table of predictions.</param>
/// <param name="Split">train, val, test or all; null for a table of predictions.</param>
internal sealed record DataFacts(string Fingerprint, string? Split);
