using System.Text.RegularExpressions;
using Pictor.Imaging;
using Pictor.Models.Onnx;

namespace Pictor.Models.Packages;

/// <summary>What must hold of a package, the same when it is written and when it is opened.</summary>
internal static partial class PackageCheck
{
    /// <summary>Values that need nothing but the manifest.</summary>
    public static void Manifest(string path, PackageManifest manifest)
    {
        if (manifest.Name is null || !NamePattern().IsMatch(manifest.Name))
            throw Bad(path, $"name '{manifest.Name}' is not allowed: it takes 1 to 100 letters, digits, hyphens, underscores and dots, and starts with a letter or digit");
        if (manifest.Version is null || !VersionPattern().IsMatch(manifest.Version))
            throw Bad(path, $"version '{manifest.Version}' is not allowed: it is a word such as 1.0.0 of at most 50 letters, digits, dots, hyphens and plus signs");
        if (manifest.Task is not (PackageManifest.Classifier or PackageManifest.Regressor))
            throw new InputException(path, $"its task is '{manifest.Task}', and this Pictor can only run classifiers and regressors", "Update Pictor, or give a classifier or regressor.") { Code = "package.unsupported-task" };
        if (manifest.Layout != "nchw" || manifest.ColourOrder != "rgb")
            throw Bad(path, $"layout '{manifest.Layout}' with colour order '{manifest.ColourOrder}' is not supported; nchw with rgb is");
        string[] roles = manifest.IsRegressor ? [OnnxWriter.Value, OnnxWriter.Embedding] : [OnnxWriter.Probabilities, OnnxWriter.Logits, OnnxWriter.Embedding];
        if (manifest.Outputs is null || !manifest.Outputs.ContainsKey(roles[0]))
            throw Bad(path, $"outputs names none with the role '{roles[0]}'");
        if (manifest.Outputs.FirstOrDefault(output => !roles.Contains(output.Key, StringComparer.Ordinal) || string.IsNullOrEmpty(output.Value)) is { Key: { } role })
            throw Bad(path, $"outputs names the role '{role}', which a {manifest.Task} does not have or which has no output");
        if (manifest.Classes < 1 || manifest.EmbeddingLength < 0 || !(manifest.TagThreshold is >= 0 and <= 1))
            throw Bad(path, "classes must be at least 1, embeddingLength at least 0 and tagThreshold within 0..1");
        if (manifest.EmbeddingLength > 0 != manifest.Outputs.ContainsKey(OnnxWriter.Embedding))
            throw Bad(path, "embeddingLength and the output with the role 'embedding' must both be there or both be absent");
        Input(path, manifest.Input);
        PackageJudgementCheck.Manifest(path, manifest);
    }

    /// <summary>That labels and ONNX file are what the manifest says.</summary>
    public static void Contents(string path, PackageManifest manifest, IReadOnlyList<Label> labels, ReadOnlyMemory<byte> onnx)
    {
        if (labels.Count != manifest.Classes)
            throw WrongShape(path, $"labels.tsv has {labels.Count} classes, package.json says {manifest.Classes}");
        PackageJudgementCheck.Labels(path, manifest, labels);

        OnnxOutline model;
        try
        {
            model = OnnxOutline.Read(onnx.Span);
        }
        catch (FormatException e)
        {
            throw NotRunnable(path, $"model.onnx is no ONNX file: {e.Message}", e);
        }

        if (model.ReadsOtherFiles)
            throw NotRunnable(path, "model.onnx takes weights from files outside the package", null);
        PictureShape shape = manifest.Input.Shape;
        if (model.Inputs.Count != 1 || !Fits(model.Inputs[0], shape.Channels, shape.Height, shape.Width))
            throw WrongShape(path, $"package.json says an input of [free, {shape.Channels}, {shape.Height}, {shape.Width}], model.onnx takes {string.Join(" and ", model.Inputs)}");
        foreach ((string role, string name) in manifest.Outputs)
        {
            int length = role == OnnxWriter.Embedding ? manifest.EmbeddingLength : manifest.Classes;
            if (!model.Outputs.Any(output => output.Name == name && Fits(output, length)))
                throw WrongShape(path, $"package.json says {role} are the output {name} [free, {length}], model.onnx gives {string.Join(" and ", model.Outputs)}");
        }
    }

    // The batch must be open, so that one file serves a single request and a whole data set.
    private static bool Fits(OnnxValue value, params int[] shape) =>
        value.IsFloat && value.Shape.Count == shape.Length + 1 && value.Shape[0] == -1 && shape.Index().All(d => value.Shape[d.Index + 1] == d.Item);

    private static void Input(string path, Preprocessing? input)
    {
        if (input?.Mean is null || input.Std is null)
            throw Bad(path, "input lacks shape, mean or std");
        if (input.Shape.Channels is not (1 or 3) || input.Shape.Height is < 1 or > Networks.NetworkCatalog.LargestSide || input.Shape.Width is < 1 or > Networks.NetworkCatalog.LargestSide)
            throw Bad(path, $"an input of {input.Shape} is out of range: 1 or 3 channels, sides of 1 to {Networks.NetworkCatalog.LargestSide} pixels");
        if (input.Mean.Count != input.Shape.Channels || input.Std.Count != input.Shape.Channels || !input.Mean.All(float.IsFinite) || !input.Std.All(s => float.IsFinite(s) && s > 0))
            throw Bad(path, "mean and std need one finite number for each channel, std above 0");
        if (!Enum.IsDefined(input.Policy) || !Enum.IsDefined(input.Filter))
            throw Bad(path, "the resize policy or filter is unknown");
    }

    private static InputException Bad(string path, string problem) => PackageReader.BadManifest(path, problem, null);

    private static InputException WrongShape(string path, string problem) =>
        new(path, $"its parts do not fit each other: {problem}", "Export the package again.") { Code = "package.wrong-shape" };

    private static InputException NotRunnable(string path, string problem, Exception? inner) =>
        new(path, problem, "Export the package again.", inner) { Code = "package.not-runnable" };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+-]{0,49}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();
}
