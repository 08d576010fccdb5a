using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Training.Tests.Evaluation;

/// <summary>A real package whose answers are known: it names the class whose mean picture is nearest.</summary>
internal static class ToyPackage
{
    /// <param name="path">Where to write it.</param>
    /// <param name="labels">Classes of the model.</param>
    /// <param name="shape">Of a picture.</param>
    /// <param name="means">[classes] pictures [channels, height, width], in units of 0..1.</param>
    /// <param name="fingerprint">Of the data it claims to be trained on.</param>
    /// <param name="sharpness">Factor on the distances: how sure it is.</param>
    /// <param name="seed">Of the run that it claims to come from.</param>
    public static void Write(string path, IReadOnlyList<Label> labels, PictureShape shape, IReadOnlyList<float[]> means, string? fingerprint = null, float sharpness = 4, int seed = 3)
    {
        Network network = NetworkCatalog.Create("softmax", shape, labels.Count);
        var weights = new NetworkWeights();
        foreach (Parameter parameter in network.Parameters)
        {
            // |x - m|^2 / -2 without the part that all classes share.
            weights[parameter.Name] = parameter.Role == ParameterRole.Weight
                ? [.. means.SelectMany(m => m.Select(v => v * sharpness))]
                : [.. means.Select(m => -sharpness / 2 * m.Sum(v => v * v))];
        }

        float[] zero = [.. Enumerable.Repeat(0f, shape.Channels)], one = [.. Enumerable.Repeat(1f, shape.Channels)];
        var manifest = new PackageManifest
        {
            Name = "toy",
            Version = "1.0.0",
            Input = new Preprocessing(shape, ResizePolicy.Stretch, zero, one),
            Outputs = OnnxWriter.Outputs,
            Classes = labels.Count,
            EmbeddingLength = network.EmbeddingLength,
            Provenance = new PackageProvenance { Network = "softmax", DataFingerprint = fingerprint, Seed = seed },
        };
        ModelPackage.Write(path, manifest, labels, OnnxWriter.Write(network, weights), "# Toy");
    }
}
