using System.Numerics.Tensors;
using Pictor.Models.Composing;
using Pictor.Models.Packages;

namespace Pictor.Training.Heads;

/// <summary>A head for embeddings as the package gives them, with its figures.</summary>
/// <param name="Layer">An output for each class of the data set.</param>
/// <param name="Penalty">The one it was fitted with.</param>
/// <param name="TrainLoss">Mean loss on the training part.</param>
/// <param name="ValLoss">Likewise on the validation part, calibrated.</param>
/// <param name="ValAccuracy">0..1.</param>
/// <param name="Calibration">Null when there was nothing to calibrate on, and for numbers.</param>
/// <param name="Metrics">All figures by name.</param>
/// <param name="Choice">How the penalty was chosen.</param>
internal sealed record HeadResult(
    HeadLayer Layer, double Penalty, double TrainLoss, double? ValLoss, double? ValAccuracy, PackageCalibration? Calibration, IReadOnlyDictionary<string, double> Metrics, string Choice)
{
    public static HeadResult Of(HeadJob job, PackageOutputs train, PackageOutputs val, TargetTable targets, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var scaling = FeatureScaling.Of(train.Embeddings);
        FeatureRows rows = scaling.Apply(train.Embeddings);
        HeadTargets trainTargets = targets.Of(train.Samples);
        if (train.Mirrored is { } mirrored)
        {
            rows = new FeatureRows([.. rows.Values, .. scaling.Apply(mirrored).Values], 2 * rows.Count, rows.Length);
            trainTargets = trainTargets with { Values = [.. trainTargets.Values, .. trainTargets.Values] };
        }

        int[] answerable = [.. Enumerable.Range(0, val.Samples.Count).Where(i => targets.CanAnswer(val.Samples[i]))];
        var data = new HeadData(rows, trainTargets, scaling.Apply(val.Embeddings.Take(answerable)), targets.Of([.. answerable.Select(i => val.Samples[i])]), train.Samples.Count);
        int fits = 0;
        var fitted = HeadFit.Run(
            data, new HeadSettings { Penalty = job.Penalty, Balanced = job.Balanced }, note => progress?.Report(new Progress("Fitting the head", ++fits, null, note)), cancellationToken);

        var judged = HeadScores.Of(fitted.Layer, data.Val, data.ValTargets);
        double temperature = fitted.Layer.Temperature;
        double? valLoss = judged.Count > 0 ? judged.Loss(temperature) : null;

        // Validation pictures of classes without a training picture are answered wrongly, and that counts.
        double? accuracy = judged.Accuracy() is { } right ? right * judged.Count / val.Samples.Count : null;
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["trainLoss"] = fitted.TrainLoss, ["trainPictures"] = train.Samples.Count, ["valPictures"] = val.Samples.Count };
        Note(metrics, "valLoss", valLoss);
        Note(metrics, "valAccuracy", accuracy);
        if (targets.Kind == HeadKind.Value && judged.Count > 0)
            NoteErrors(metrics, judged, targets.Unit);
        return new HeadResult(
            scaling.Undo(targets.Widen(fitted.Layer)), fitted.Penalty, fitted.TrainLoss, valLoss, accuracy, Calibrated(fitted), metrics, fitted.Choice);
    }

    private static PackageCalibration? Calibrated(FittedHead fitted) => fitted.Calibration is not { } on || on.Targets.Kind == HeadKind.Value ? null : new PackageCalibration
    {
        Temperature = fitted.Layer.Temperature,
        Samples = on.Count,
        ErrorBefore = on.CalibrationError(1),
        ErrorAfter = on.CalibrationError(fitted.Layer.Temperature),
    };

    private static void NoteErrors(SortedDictionary<string, double> metrics, HeadScores judged, double unit)
    {
        var errors = new float[judged.Count];
        TensorPrimitives.Subtract(judged.Values, judged.Targets.Values, errors);
        double mean = judged.Targets.Values.Average(), squares = TensorPrimitives.SumOfSquares((ReadOnlySpan<float>)errors);
        double spread = judged.Targets.Values.Sum(v => (v - mean) * (v - mean));
        metrics["valMae"] = unit * TensorPrimitives.SumOfMagnitudes((ReadOnlySpan<float>)errors) / errors.Length;
        metrics["valRmse"] = unit * Math.Sqrt(squares / errors.Length);
        if (spread > 0)
            metrics["valR2"] = 1 - (squares / spread);
    }

    private static void Note(SortedDictionary<string, double> metrics, string name, double? value)
    {
        if (value is { } number)
            metrics[name] = number;
    }
}
