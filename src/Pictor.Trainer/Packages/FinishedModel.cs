using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Networks;
using Pictor.Models.Packages;
using Pictor.Trainer.Data;
using Pictor.Trainer.Loop;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Packages;

/// <summary>Weights at the end of a run, judged once more in float32 as the package will compute them, and calibrated on the validation part.</summary>
/// <param name="Weights">By name; of a numeric target, in the target's own unit.</param>
/// <param name="Figures">The last epoch's, with validation figures in float32.</param>
/// <param name="Calibration">Null where there was nothing to calibrate on.</param>
internal sealed record FinishedModel(NetworkWeights Weights, EpochMetrics? Figures, PackageCalibration? Calibration)
{
    // Fewer pictures say too little of a temperature.
    private const int FewestForCalibration = 50;

    /// <summary>Judges and calibrates; the model computes with the weights that are to be packaged.</summary>
    public static FinishedModel Of(TrainingModel model, BatchSource? judged, TrainingData data, EpochMetrics? figures)
    {
        NetworkWeights weights = model.Export();
        if (data.Task == DatasetTask.Numeric)
            data.Scale.Fold(model.Layout.Network, weights);
        if (judged is null || data.Val is null || data.Task != DatasetTask.SingleLabel || figures is null)
            return new FinishedModel(weights, figures, null);

        int classes = data.Outputs;
        float[] logits = Validation.Predict(model, judged, data.Val.Count, classes);
        int[] labels = [.. data.Val.Classes];
        double temperature = labels.Length < FewestForCalibration ? 1 : TemperatureScaling.Fit(logits, classes, labels);
        PredictionTable before = Table(logits, labels, classes, 1), after = Table(logits, labels, classes, temperature);
        int right = Enumerable.Range(0, labels.Length).Count(i => before.Answers[i] == labels[i]);
        figures = figures with { ValAccuracy = (double)right / labels.Length, ValLoss = ProbabilityFigures.LogLoss(before) };
        var calibration = new PackageCalibration
        {
            Temperature = temperature,
            Samples = labels.Length,
            ErrorBefore = Error(before),
            ErrorAfter = Error(after),
        };
        return new FinishedModel(weights, figures, labels.Length < FewestForCalibration ? null : calibration);
    }

    private static PredictionTable Table(float[] logits, int[] labels, int classes, double temperature)
    {
        double[] probabilities = Array.ConvertAll(logits, logit => logit / temperature);
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> row = probabilities.AsSpan(i * classes, classes);
            System.Numerics.Tensors.TensorPrimitives.Subtract(row, System.Numerics.Tensors.TensorPrimitives.Max((ReadOnlySpan<double>)row), row);
            System.Numerics.Tensors.TensorPrimitives.SoftMax(row, row);
        }

        return new PredictionTable(classes, labels, probabilities);
    }

    private static double Error(PredictionTable table) => ProbabilityFigures.CalibrationError(ProbabilityFigures.Reliability(table));
}
