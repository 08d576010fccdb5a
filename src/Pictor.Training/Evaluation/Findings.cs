using Pictor.Metrics;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>What is computed beyond the figures of <see cref="ClassificationFigures"/>: how far probabilities can be trusted, what thresholds would give, where it does badly.</summary>
internal sealed record Findings
{
    /// <summary>The precision that thresholds are given for unless another is asked. <value>95 %.</value></summary>
    public const double UsualPrecision = 0.95;

    public required double Brier { get; init; }

    public required double MaximumCalibrationError { get; init; }

    public required IReadOnlyList<ReliabilityBin> EqualMass { get; init; }

    /// <summary>The temperature that would suit these very pictures best; 1: none needed.</summary>
    public required double Temperature { get; init; }

    /// <summary>Calibration error at that temperature.</summary>
    public required double ScaledCalibrationError { get; init; }

    /// <summary>Log loss at that temperature.</summary>
    public required double ScaledLogLoss { get; init; }

    public required ClassificationIntervals Intervals { get; init; }

    public required double Precision { get; init; }

    /// <summary>[classes].</summary>
    public required IReadOnlyList<ClassThreshold?> Thresholds { get; init; }

    public required IReadOnlyList<SelectivePoint> Selective { get; init; }

    public required double AreaUnderRisk { get; init; }

    public required IReadOnlyList<Slice> Slices { get; init; }

    public static Findings Of(Judgement judgement)
    {
        PredictionTable table = judgement.Table;
        double temperature = TemperatureScaling.Fit(table);
        PredictionTable scaled = TemperatureScaling.Apply(table, temperature);
        IReadOnlyList<SliceColumn> columns = judgement.Columns.Count > 0 ? judgement.Columns
            : [new SliceColumn("class", [.. Enumerable.Range(0, table.Samples).Select(i => judgement.Names[table.Truth[i]])])];
        return new Findings
        {
            Brier = BrierScore.Of(table),
            MaximumCalibrationError = ReliabilityBins.MaximumError(judgement.Figures.Reliability),
            EqualMass = ReliabilityBins.EqualMass(table),
            Temperature = temperature,
            ScaledCalibrationError = ProbabilityFigures.CalibrationError(ProbabilityFigures.Reliability(scaled)),
            ScaledLogLoss = ProbabilityFigures.LogLoss(scaled),
            Intervals = ClassificationIntervals.Of(table),
            Precision = judgement.WantedPrecision,
            Thresholds = Metrics.Thresholds.ForPrecision(table, judgement.WantedPrecision),
            Selective = SelectivePrediction.Curve(table),
            AreaUnderRisk = SelectivePrediction.AreaUnderRisk(table),
            Slices = Slice.OfRight(columns, i => table.Answers[i] == table.Truth[i]),
        };
    }
}
