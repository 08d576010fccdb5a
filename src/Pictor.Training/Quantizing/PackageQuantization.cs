using System.Globalization;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Models.Quantizing;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Quantizing;

/// <summary>Makes a package that computes on 8-bit numbers, and tells what that costs and brings.</summary>
public static class PackageQuantization
{
    /// <summary>Ranges hardly move after some hundred pictures.</summary>
    public const int DefaultPictures = 500;

    /// <summary>Quantises and writes a new package; the old one stays.</summary>
    /// <param name="package">The package's file.</param>
    /// <param name="data">Labelled pictures like those it will see; the training part is looked at, the validation part judged.</param>
    /// <param name="output">The new package's file.</param>
    /// <param name="pictures">How many to look at.</param>
    /// <param name="weightBits">8, or 7 for processors whose 8-bit multiplication saturates.</param>
    /// <param name="progress">Told while pictures are run.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="InputException">A file is missing or wrong, or the model cannot be quantised.</exception>
    public static async Task<QuantizationOutcome> RunAsync(
        string package, string data, string output, int pictures = DefaultPictures, int weightBits = 8, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (pictures is < 1 or > 100_000)
            throw new InputException("--pictures", $"{pictures} is out of range", "Look at 1 to 100000 pictures; some hundred are enough.");
        if (weightBits is not (7 or 8))
            throw new InputException("--weight-bits", $"{weightBits} is not offered", "Say 8, or 7 for processors without VNNI.");
        if (Path.GetFullPath(package) == Path.GetFullPath(output))
            throw new InputException(output, "it is the package itself, which is kept", "Name another file with --out.");
        ModelPackage old = await Task.Run(() => ModelPackage.Open(package), cancellationToken);
        using Dataset set = await Dataset.OpenAsync(data, progress, cancellationToken);
        (SplitChoice looked, SplitChoice? judged) = Parts(set, old);
        using PackedStore store = await PackedStore.BuildAsync(set, SplitChoice.Evenly(looked.Samples, pictures), old.Manifest.Input, progress, cancellationToken);
        if (store.Count == 0)
            throw new InputException(set.Path, "none of its pictures can be read", "Check the files with 'pictor dataset info'.");
        byte[] planes = Planes(store);
        QuantizedModel model = await Task.Run(() => ModelQuantizer.Quantize(old, planes, store.Count, weightBits, progress, cancellationToken), cancellationToken);

        PackageManifest manifest = old.Manifest with
        {
            Version = old.Manifest.Version.Split('+')[0] + "+int8",
            Provenance = (old.Manifest.Provenance ?? new PackageProvenance()) with { From = [new PackageSource(old.Reference, old.Sha256)], CreatedAt = TimeProvider.System.GetUtcNow() },
        };
        ModelPackage.Write(output, manifest, old.Labels, model.Onnx, Card(old.Card, model, store.Count, weightBits));
        ModelPackage young = ModelPackage.Open(output);
        (double? before, double? after, int samples) = await JudgeAsync(old, young, set, judged, progress, cancellationToken);
        IReadOnlyList<QuantizedSpeed> speeds = await Task.Run(() => SpeedComparison.Measure(old, young, planes, store.Count, cancellationToken), cancellationToken);
        return new QuantizationOutcome(
            Path.GetFullPath(output), manifest.Name, manifest.Version, store.Count, weightBits, model.Layers, samples, judged?.Name, before, after,
            new FileInfo(package).Length, new FileInfo(output).Length, speeds, store.Skipped);
    }

    // What is looked at should not be what is judged; where the data has but one part, it is.
    private static (SplitChoice Looked, SplitChoice? Judged) Parts(Dataset data, ModelPackage package)
    {
        SplitChoice? Try(string name) => SplitChoice.OfOrNull(data, package.Manifest.Provenance, name) is { Samples.Count: > 0 } choice ? choice : null;

        SplitChoice all = SplitChoice.Of(data, package.Manifest.Provenance, SplitChoice.All);
        return (Try("train") ?? all, Try("val") ?? Try("test") ?? all);
    }

    private static byte[] Planes(PackedStore store)
    {
        var planes = new byte[(long)store.Count * store.Shape.Length];
        for (int i = 0; i < store.Count; i++)
            store.Planes(i).CopyTo(planes.AsSpan(i * store.Shape.Length));
        return planes;
    }

    private static async Task<(double? Before, double? After, int Samples)> JudgeAsync(
        ModelPackage old, ModelPackage young, Dataset data, SplitChoice? choice, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (choice is null || old.Manifest.IsRegressor || old.Manifest.MultiLabel || data.Task != DatasetTask.SingleLabel)
            return (null, null, 0);
        var figures = new List<Judgement>();
        foreach (ModelPackage package in (ModelPackage[])[old, young])
        {
            using Annotator annotator = Annotator.Load(package);
            figures.Add(await PackageJudge.JudgeSingleAsync(annotator, data, choice, new EvaluationOptions(), progress, cancellationToken));
        }

        return (figures[0].Figures.Accuracy, figures[1].Figures.Accuracy, figures[0].Figures.Samples);
    }

    private static string Card(string card, QuantizedModel model, int pictures, int bits)
    {
        string[] kept = [.. model.Layers.Where(layer => !layer.Quantized).Select(layer => layer.Name)];
        return string.Create(CultureInfo.InvariantCulture,
            $"{card.TrimEnd()}\n\n## Quantisation\n\nWeights in {bits} bits with a scale for each output channel, activations in 8 bits with ranges seen on {pictures} pictures. "
            + $"{(kept.Length == 0 ? "No layer was left in 32 bits." : $"Left in 32 bits, being too small to gain by it: {string.Join(", ", kept)}.")}\n");
    }
}
