using Pictor.Metrics;
using Pictor.Training.Comparing;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>From a judgement to what report.json holds.</summary>
internal static class ReportContents
{
    public static EvaluationReport Of(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        Findings more = judgement.Findings;
        IReadOnlyList<string> names = judgement.Names;
        return new EvaluationReport
        {
            Samples = f.Samples,
            Accuracy = f.Accuracy,
            AccuracyInterval = f.AccuracyInterval,
            Top5 = f.Top5,
            MacroAvg = f.Macro,
            WeightedAvg = f.Weighted,
            MicroAvg = f.Micro,
            PerClass = Classes(names, f.Classes),
            Confusion = new ConfusionReport(names, [.. Enumerable.Range(0, names.Count).Select(k => f.Confusion.Row(k).ToArray())]),
            Auc = new AucReport(f.MacroAuc, f.MicroAuc),
            AveragePrecision = new AveragePrecisionReport(f.MacroAveragePrecision),
            LogLoss = f.LogLoss,
            CalibrationError = f.CalibrationError,
            Skipped = judgement.Skipped,
            Model = judgement.Model,
            Data = judgement.Data,
            Task = "singleLabel",
            Brier = more.Brier,
            MaximumCalibrationError = more.MaximumCalibrationError,
            Intervals = new Dictionary<string, ConfidenceInterval>(StringComparer.Ordinal)
            {
                ["accuracy"] = more.Intervals.Accuracy,
                ["macroF1"] = more.Intervals.MacroF1,
                ["logLoss"] = more.Intervals.LogLoss,
                ["brier"] = more.Intervals.Brier,
                ["calibrationError"] = more.Intervals.CalibrationError,
            },
            Reliability = new ReliabilityReport(f.Reliability, more.EqualMass),
            Temperature = new TemperatureReport(more.Temperature, more.ScaledLogLoss, more.ScaledCalibrationError),
            Calibration = judgement.Calibration,
            Thresholds = ThresholdsReport.Of(more.Precision, names, more.Thresholds),
            Selective = new SelectiveReport(more.AreaUnderRisk, [.. more.Selective.Select(p => new SelectivePointReport(p.Threshold, p.Coverage, p.Accuracy))]),
            Slices = SliceReport.Of(more.Slices),
            Leakage = judgement.Leakage,
            Comparison = judgement.Comparison is { } comparison ? ComparisonReport.Of(comparison) : null,
        };
    }

    public static EvaluationReport Of(MultiLabelJudgement judgement)
    {
        MultiLabelFigures f = judgement.Figures;
        (ConfidenceInterval micro, ConfidenceInterval macro, ConfidenceInterval exact) = MultiLabelFigures.Intervals(judgement.Table, judgement.Thresholds);
        return new EvaluationReport
        {
            Samples = f.Samples,
            MacroAvg = f.Macro,
            WeightedAvg = f.Weighted,
            MicroAvg = f.Micro,
            PerClass = Classes(judgement.Names, f.Classes),
            Auc = new AucReport(f.MacroAuc, f.MicroAuc),
            AveragePrecision = new AveragePrecisionReport(f.MacroAveragePrecision),
            LogLoss = f.LogLoss,
            CalibrationError = ProbabilityFigures.CalibrationError(f.Reliability),
            Skipped = judgement.Skipped,
            Model = judgement.Model,
            Data = judgement.Data,
            Task = "multiLabel",
            Brier = f.Brier,
            MaximumCalibrationError = ReliabilityBins.MaximumError(f.Reliability),
            Intervals = new Dictionary<string, ConfidenceInterval>(StringComparer.Ordinal) { ["microF1"] = micro, ["macroF1"] = macro, ["exactMatch"] = exact },
            Reliability = new ReliabilityReport(f.Reliability, null),
            Calibration = judgement.Calibration,
            Thresholds = ThresholdsReport.Of(judgement.WantedPrecision, judgement.Names, Thresholds.ForPrecision(judgement.Table, judgement.WantedPrecision)),
            Slices = SliceReport.Of(Slice.OfRight(judgement.Columns, judgement.IsExact)),
            Leakage = judgement.Leakage,
            MultiLabel = new MultiLabelReport(f.ExactMatch, f.HammingLoss, judgement.Thresholds),
        };
    }

    public static EvaluationReport Of(RegressionJudgement judgement)
    {
        (ConfidenceInterval mae, ConfidenceInterval rmse, ConfidenceInterval r2) = RegressionFigures.Intervals(judgement.Targets, judgement.Values);
        return new EvaluationReport
        {
            Samples = judgement.Figures.Samples,
            Skipped = judgement.Skipped,
            Model = judgement.Model,
            Data = judgement.Data,
            Task = "numeric",
            Intervals = new Dictionary<string, ConfidenceInterval>(StringComparer.Ordinal) { ["meanAbsoluteError"] = mae, ["rootMeanSquaredError"] = rmse, ["r2"] = r2 },
            Slices = SliceReport.Of(Slice.OfErrors(judgement.Columns, i => Math.Abs(judgement.Values[i] - judgement.Targets[i]))),
            Leakage = judgement.Leakage,
            Regression = judgement.Figures,
        };
    }

    private static IReadOnlyList<ClassReport> Classes(IReadOnlyList<string> names, IReadOnlyList<ClassFigures> classes) =>
        [.. classes.Select((c, k) => new ClassReport(names[k], c.Precision, c.Recall, c.F1, c.Support, c.Auc, c.AveragePrecision))];
}
