using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Trainer.Data;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Packages;

/// <summary>From trained weights to a package that says where they come from.</summary>
internal static class PackageBuilder
{
    public static void Write(string path, TrainingJob job, Network network, NetworkWeights weights, TrainingData data, EpochMetrics? figures, TimeProvider time)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        if (figures is not null)
        {
            metrics["epoch"] = figures.Epoch;
            metrics["trainLoss"] = figures.TrainLoss;
            if (figures.ValLoss is { } loss)
                metrics["valLoss"] = loss;
            if (figures.ValAccuracy is { } accuracy)
                metrics["valAccuracy"] = accuracy;
        }

        string version = typeof(PackageBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        var manifest = new PackageManifest
        {
            Name = job.Name,
            Version = job.Version,
            Input = data.Preprocessing,
            Outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["logits"] = "logits", ["probabilities"] = "probabilities", ["embedding"] = "embedding" },
            Classes = network.Classes,
            EmbeddingLength = network.EmbeddingLength,
            Provenance = new PackageProvenance
            {
                Network = network.Name,
                Recipe = JsonSerializer.SerializeToElement(job.Recipe, PictorJson.Compact),
                DataFingerprint = data.Fingerprint,
                Seed = job.Recipe.Seed,
                Metrics = metrics,
                PictorVersion = version,
                CreatedAt = time.GetUtcNow(),
            },
        };
        ModelPackage.Write(path, manifest, data.Labels, OnnxWriter.Write(network, weights), Card(job, network, data, figures, version));
    }

    private static string Card(TrainingJob job, Network network, TrainingData data, EpochMetrics? figures, string version)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string accuracy = figures?.ValAccuracy is { } a
            ? string.Create(plain, $"{a:P2} of the {data.Val?.Count ?? 0} validation pictures are named rightly (loss {figures.ValLoss:0.0000}, epoch {figures.Epoch}); it was not judged on any test part.")
            : "It has not been judged: there was no validation part.";
        string names = string.Join(", ", data.Labels.Take(20).Select(label => label.Name)) + (data.Labels.Count > 20 ? $" and {data.Labels.Count - 20} more" : "");
        return string.Create(plain, $"""
            # {job.Name} {job.Version}

            Tells {data.Labels.Count} classes apart: {names}.

            - Network: {network.Name}, {network.ParameterCount:N0} parameters, input {network.Input}.
            - Trained on {data.Train.Count:N0} pictures (data {data.Fingerprint[..Math.Min(16, data.Fingerprint.Length)]}), seed {job.Recipe.Seed}, with Pictor {version}.
            - {accuracy}

            It only knows the classes above and pictures like those it was trained on; of anything else it says one of them all the same, if with less confidence.

            """);
    }
}
