using System.Text.Json;
using System.Text.Json.Serialization;
using Pictor.Metrics;
using Pictor.Models.Packages;
using Pictor.Training.Comparing;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>report.json: the fields are a contract with programs of others. Those up to <see cref="Data"/> are there for every task, null where it does not define them.</summary>
internal sealed record EvaluationReport
{
    public required int Samples { get; init; }

    public double Accuracy { get; init; } = double.NaN;

    public ConfidenceInterval? AccuracyInterval { get; init; }

    public double? Top5 { get; init; }

    public AverageFigures? MacroAvg { get; init; }

    public AverageFigures? WeightedAvg { get; init; }

    public AverageFigures? MicroAvg { get; init; }

    public IReadOnlyList<ClassReport> PerClass { get; init; } = [];

    public ConfusionReport? Confusion { get; init; }

    public AucReport? Auc { get; init; }

    public AveragePrecisionReport? AveragePrecision { get; init; }

    public double LogLoss { get; init; } = double.NaN;

    public double CalibrationError { get; init; } = double.NaN;

    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    public required ModelFacts? Model { get; init; }

    public required DataFacts Data { get; init; }

    /// <summary>singleLabel, multiLabel or numeric.</summary>
    public required string Task { get; init; }

    public double Brier { get; init; } = double.NaN;

    public double MaximumCalibrationError { get; init; } = double.NaN;

    /// <summary>95 % intervals by bootstrap, by the name of the figure.</summary>
    public IReadOnlyDictionary<string, ConfidenceInterval>? Intervals { get; init; }

    public ReliabilityReport? Reliability { get; init; }

    public TemperatureReport? Temperature { get; init; }

    /// <summary>What was baked into the package.</summary>
    public PackageCalibration? Calibration { get; init; }

    public ThresholdsReport? Thresholds { get; init; }

    public SelectiveReport? Selective { get; init; }

    /// <summary>The surely worst first.</summary>
    public required IReadOnlyList<SliceReport> Slices { get; init; }

    public required Leakage? Leakage { get; init; }

    public ComparisonReport? Comparison { get; init; }

    public MultiLabelReport? MultiLabel { get; init; }

    public RegressionFigures? Regression { get; init; }
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

/// <param name="EqualWidth">Fifteen ranges of equal width, empty ones too.</param>
/// <param name="EqualMass">Up to fifteen ranges that hold about as many samples each; null where not computed.</param>
internal sealed record ReliabilityReport(IReadOnlyList<ReliabilityBin> EqualWidth, IReadOnlyList<ReliabilityBin>? EqualMass);

/// <param name="Best">The temperature with the smallest log loss on these pictures; 1: the probabilities are as good as a temperature makes them.</param>
/// <param name="LogLoss">At that temperature.</param>
/// <param name="CalibrationError">At that temperature.</param>
internal sealed record TemperatureReport(double Best, double LogLoss, double CalibrationError);

/// <param name="Precision">That was wanted.</param>
/// <param name="PerClass">In the order of the classes; threshold null where the precision is not reached.</param>
internal sealed record ThresholdsReport(double Precision, IReadOnlyList<ThresholdReport> PerClass)
{
    public static ThresholdsReport Of(double precision, IReadOnlyList<string> names, IReadOnlyList<ClassThreshold?> found) =>
        new(precision, [.. found.Select((t, k) => new ThresholdReport(names[k], t?.Threshold, t?.Precision, t?.PrecisionLow, t?.Recall, t?.Answers ?? 0))]);
}

internal sealed record ThresholdReport(string Label, double? Threshold, double? Precision, double? PrecisionLow, double? Recall, int Answers);

/// <param name="AreaUnderRisk">Area under the curve of wrong answers over coverage.</param>
/// <param name="Curve">At thresholds 0, 0.01, ... 1.</param>
internal sealed record SelectiveReport(double AreaUnderRisk, IReadOnlyList<SelectivePointReport> Curve);

internal sealed record SelectivePointReport(double Threshold, double Coverage, double Accuracy);

/// <param name="By">class, size, brightness, split or a column.</param>
/// <param name="Value">The part.</param>
/// <param name="Samples">Pictures in it.</param>
/// <param name="Figure">Accuracy; exact match for several labels; mean absolute error for numbers.</param>
/// <param name="Low">95 % interval.</param>
/// <param name="High">95 % interval.</param>
internal sealed record SliceReport(string By, string Value, int Samples, double Figure, double Low, double High)
{
    public static IReadOnlyList<SliceReport> Of(IReadOnlyList<Slice> slices) =>
        [.. slices.Select(s => new SliceReport(s.By, s.Value, s.Samples, s.Figure, s.Interval.Low, s.Interval.High))];
}

/// <param name="ExactMatch">Share of pictures without a wrong decision.</param>
/// <param name="HammingLoss">Share of wrong decisions.</param>
/// <param name="Thresholds">[classes]: where a class is named.</param>
internal sealed record MultiLabelReport(double ExactMatch, double HammingLoss, IReadOnlyList<double> Thresholds);

/// <summary>The package that was judged.</summary>
internal sealed record ModelFacts(string Name, string Version, string Sha256);

/// <summary>What it was judged on.</summary>
/// <param name="Fingerprint">Of the data set; the SHA-256 of the file for a table of predictions.</param>
/// <param name="Split">train, val, test or all; null for a table of predictions.</param>
internal sealed record DataFacts(string Fingerprint, string? Split);
