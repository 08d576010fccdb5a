using System.Globalization;
using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Calibrating;

/// <summary>Makes a package whose probabilities mean what they say and whose tags are right as often as wanted, fitted on pictures that it was not trained on.</summary>
public static class PackageCalibrator
{
    /// <summary>A class that nowhere reaches the precision is named only when the model is certain beyond a doubt.</summary>
    private const double Never = 1;

    /// <summary>Fits and writes a new package; the old one stays.</summary>
    /// <param name="package">The package's file.</param>
    /// <param name="data">Labelled pictures.</param>
    /// <param name="output">The new package's file.</param>
    /// <param name="options">What to reach.</param>
    /// <param name="progress">Told while pictures are judged.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="InputException">A file is missing or wrong, or the package gives a number.</exception>
    public static async Task<CalibrationOutcome> RunAsync(
        string package, string data, string output, CalibrationOptions options, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Check();
        if (Path.GetFullPath(package) == Path.GetFullPath(output))
            throw new InputException(output, "it is the package itself, which is kept", "Name another file with --out.");
        ModelPackage old = await Task.Run(() => ModelPackage.Open(package), cancellationToken);
        if (options.Resize is { } policy)
            old = old.WithPolicy(policy);
        using Annotator annotator = Annotator.Load(old);
        using Dataset pictures = await Dataset.OpenAsync(data, progress, cancellationToken);
        SplitChoice choice = Choose(pictures, old, options.Split);
        JudgedPictures judged = await PackageJudge.JudgeAsync(annotator, pictures, choice, new EvaluationOptions { Precision = options.Precision }, progress, cancellationToken);
        var notes = new List<string>();
        if (choice.Training is { } training && training.Intersect(choice.Samples).Any())
            notes.Add("The model was trained on some of these pictures, where it is surer and better than elsewhere: the thresholds are too low. Use --split val.");
        return await Task.Run(() => judged switch
        {
            Judgement single => OfOne(old, output, single, options, notes),
            MultiLabelJudgement many => Write(old, old.Onnx, output, many, many.Figures.Samples, null, Thresholds.ForPrecision(many.Table, options.Precision, options.Certain, options.Floor), options, notes),
            _ => throw new InputException(old.Reference, "it gives a number, which has neither classes nor probabilities", "Name a package of classes.") { Code = "package.wrong-task" },
        }, cancellationToken);
    }

    private static CalibrationOutcome OfOne(ModelPackage old, string output, Judgement judged, CalibrationOptions options, List<string> notes)
    {
        PredictionTable table = judged.Table;
        ReadOnlyMemory<byte> onnx = old.Onnx;
        PackageCalibration? calibration = null;
        double temperature = TemperatureScaling.Fit(table);
        if (old.Manifest.Calibration is { } already)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"The package has a temperature already ({already.Temperature:0.###}); it stays."));
        }
        else if (OnnxTemperature.Bake(onnx.Span, old.Manifest.Outputs[OnnxWriter.Probabilities], temperature) is { } baked)
        {
            PredictionTable scaled = TemperatureScaling.Apply(table, temperature);
            calibration = new PackageCalibration { Temperature = temperature, Samples = table.Samples, ErrorBefore = Error(table), ErrorAfter = Error(scaled) };
            (onnx, table) = (baked, scaled);
        }
        else
        {
            notes.Add("The model's probabilities do not come from a softmax that a temperature could stand before; only thresholds were fitted.");
        }

        return Write(old, onnx, output, judged, table.Samples, calibration, Thresholds.ForPrecision(table, options.Precision, options.Certain, options.Floor), options, notes);
    }

    private static CalibrationOutcome Write(
        ModelPackage old, ReadOnlyMemory<byte> onnx, string output, JudgedPictures judged, int samples, PackageCalibration? calibration, IReadOnlyList<ClassThreshold?> found,
        CalibrationOptions options, List<string> notes)
    {
        PackageManifest manifest = old.Manifest with
        {
            Version = string.Create(CultureInfo.InvariantCulture, $"{old.Manifest.Version.Split('+')[0]}+p{options.Precision * 100:0.##}"),
            Calibration = calibration ?? old.Manifest.Calibration,
            Thresholds = new SortedDictionary<string, double>(found.Select((t, k) => (old.Labels[k].Id, t?.Threshold ?? Never)).ToDictionary(p => p.Id, p => p.Item2, StringComparer.Ordinal), StringComparer.Ordinal),
        };
        int unreached = found.Count(t => t is null);
        if (unreached > 0)
            notes.Add($"{unreached} of {found.Count} classes nowhere reach the precision{(options.Certain ? " with certainty" : "")}; they are named only at probability 1.");
        ModelPackage.Write(output, manifest, old.Labels, onnx, Card(old.Card, manifest, judged, samples, options));
        return new CalibrationOutcome(
            Path.GetFullPath(output), manifest.Name, manifest.Version, judged.Data.Fingerprint, judged.Data.Split!, samples, calibration?.Temperature, calibration?.ErrorBefore, calibration?.ErrorAfter,
            options.Precision, options.Certain, [.. found.Select((t, k) => new CalibratedClass(
                old.Labels[k].Name, old.Labels[k].Id, t?.Threshold, t is { Answers: > 0 } ? t.Precision : null, t is { Answers: > 0 } ? t.PrecisionLow : null, t?.Recall, t?.Answers ?? 0))],
            notes, judged.Skipped);
    }

    private static string Card(string card, PackageManifest manifest, JudgedPictures judged, int samples, CalibrationOptions options)
    {
        int at = card.IndexOf("\n## Calibration\n", StringComparison.Ordinal);
        string temperature = manifest.Calibration is { } c ? string.Create(CultureInfo.InvariantCulture, $"Probabilities are softmax(logits / {c.Temperature:0.####}). ") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{(at < 0 ? card : card[..at]).TrimEnd()}\n\n## Calibration\n\n{temperature}Each class has a threshold of its own, for {options.Precision * 100:0.##} % precision{(options.Certain ? " with 95 % certainty" : "")}{(options.Floor > 0 ? string.Create(CultureInfo.InvariantCulture, $" and none below {options.Floor:0.##}") : "")}, fitted on {samples} pictures (part {judged.Data.Split} of data with fingerprint `{judged.Data.Fingerprint}`).\n");
    }

    // What is fitted on the test part cannot be judged on it afterwards.
    private static SplitChoice Choose(Dataset data, ModelPackage package, string? asked) =>
        (asked is null ? SplitChoice.OfOrNull(data, package.Manifest.Provenance, "val") : null) ?? SplitChoice.Of(data, package.Manifest.Provenance, asked ?? SplitChoice.All);

    private static double Error(PredictionTable table) => ProbabilityFigures.CalibrationError(ProbabilityFigures.Reliability(table));
}
