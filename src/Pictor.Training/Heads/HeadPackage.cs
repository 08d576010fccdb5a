using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Datasets;
using Pictor.Models.Composing;
using Pictor.Models.Packages;
using Pictor.Training.Runs;

namespace Pictor.Training.Heads;

/// <summary>Writes the package of a head, and into the run's config.json what it was built on.</summary>
internal static class HeadPackage
{
    /// <summary>What a head's recipe names as its network.</summary>
    public const string NetworkName = "head";

    public static void Write(RunFolder run, HeadJob job, ModelPackage on, Dataset data, HeadResult result)
    {
        (byte[] onnx, IReadOnlyDictionary<string, string> outputs) = HeadGraph.Attach(on, result.Layer);
        JsonObject recipe = Recipe(job, on, result);
        bool number = result.Layer.Kind == HeadKind.Value;
        IReadOnlyList<Label> labels = number ? [new Label("value", "value")] : data.Labels;
        var manifest = new PackageManifest
        {
            Name = job.Name,
            Version = job.Version,
            Task = number ? "regressor" : "classifier",
            MultiLabel = result.Layer.Kind == HeadKind.Sigmoid,
            Input = on.Manifest.Input,
            Outputs = outputs,
            Classes = labels.Count,
            EmbeddingLength = on.Manifest.EmbeddingLength,
            Calibration = result.Calibration,
            Provenance = new PackageProvenance
            {
                Network = on.Manifest.Provenance?.Network is { } network ? $"{NetworkName} on {network}" : NetworkName,
                Recipe = JsonSerializer.SerializeToElement(recipe, PictorJson.Compact),
                DataFingerprint = data.Fingerprint,
                Seed = job.Seed,
                Metrics = result.Metrics,
                PictorVersion = Version,
                CreatedAt = TimeProvider.System.GetUtcNow(),
                From = [new PackageSource(on.Reference, on.Sha256)],
            },
        };
        ModelPackage.Write(run.ModelPath, manifest, labels, onnx, ModelCard.Write(manifest, labels, $"A linear layer on the frozen embedding of {on.Reference}; the embedding is unchanged, so pictures are found as with that package."));
        NoteInConfig(run, recipe);
    }

    private static string Version { get; } =
        typeof(HeadPackage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static JsonObject Recipe(HeadJob job, ModelPackage on, HeadResult result) => new()
    {
        ["network"] = NetworkName,
        ["on"] = on.Reference,
        ["onSha256"] = on.Sha256,
        ["penalty"] = result.Penalty,
        ["balanced"] = job.Balanced,
        ["mirror"] = job.Mirror,
        ["seed"] = job.Seed,
        ["choice"] = result.Choice,
    };

    private static void NoteInConfig(RunFolder run, JsonObject recipe)
    {
        string path = Path.Combine(run.Path, RunFiles.Config);
        JsonObject config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config["head"] = recipe.DeepClone();
        RunFiles.Replace(path, config.ToJsonString(PictorJson.Indented) + "\n");
    }
}
