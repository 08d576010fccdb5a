using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pictor.Datasets;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Trainer.Data;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Packages;

/// <summary>From trained weights to a package that says where they come from.</summary>
internal static class PackageBuilder
{
    public static void Write(string path, TrainingJob job, Network network, FinishedModel model, TrainingData data, TimeProvider time)
    {
        EpochMetrics? figures = model.Figures;
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
        bool numeric = data.Task == DatasetTask.Numeric;
        var onnx = new OnnxWriterOptions { Temperature = model.Calibration?.Temperature ?? 1, MultiLabel = data.Task == DatasetTask.MultiLabel, Regression = numeric };
        var manifest = new PackageManifest
        {
            Name = job.Name,
            Version = job.Version,
            Task = numeric ? "regressor" : "classifier",
            MultiLabel = data.Task == DatasetTask.MultiLabel,
            Calibration = model.Calibration,
            Input = data.Preprocessing,
            Outputs = numeric ? OnnxWriter.RegressorOutputs : OnnxWriter.Outputs,
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
        IReadOnlyList<Label> labels = numeric ? [new Label("value", "value")] : data.Labels;
        ModelPackage.Write(path, manifest, labels, OnnxWriter.Write(network, model.Weights, onnx), Card(job, network, data, model, version));
    }

    private static string Card(TrainingJob job, Network network, TrainingData data, FinishedModel model, string version)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        EpochMetrics? figures = model.Figures;
        string accuracy = figures?.ValAccuracy is { } a
            ? string.Create(plain, $"{a:P2} of the {data.Val?.Count ?? 0} validation pictures are named rightly (loss {figures.ValLoss:0.0000}, epoch {figures.Epoch}); it was not judged on any test part.")
            : figures?.ValLoss is { } loss
            ? string.Create(plain, $"On the {data.Val?.Count ?? 0} validation pictures its loss is {loss:0.0000} (epoch {figures.Epoch}), in deviations of the target; it was not judged on any test part.")
            : "It has not been judged: there was no validation part.";
        string calibration = model.Calibration is { } c
            ? string.Create(plain, $"\n- Calibrated on {c.Samples} validation pictures: temperature {c.Temperature:0.00}, expected calibration error {c.ErrorBefore:P1} before and {c.ErrorAfter:P1} after.")
            : "";
        string task = data.Task == DatasetTask.Numeric ? "Gives a number for a picture." : "";
        string names = string.Join(", ", data.Labels.Take(20).Select(label => label.Name)) + (data.Labels.Count > 20 ? $" and {data.Labels.Count - 20} more" : "");
        return string.Create(plain, $"""
            # {job.Name} {job.Version}

            {(task.Length > 0 ? task : $"Tells {data.Labels.Count} classes apart: {names}.")}

            - Network: {network.Name}, {network.ParameterCount:N0} parameters, input {network.Input}.
            - Trained on {data.Train.Count:N0} pictures (data {data.Fingerprint[..Math.Min(16, data.Fingerprint.Length)]}), seed {job.Recipe.Seed}, with Pictor {version}.
            - {accuracy}{calibration}

            It only knows the classes above and pictures like those it was trained on; of anything else it says one of them all the same, if with less confidence.

            """);
    }
}
