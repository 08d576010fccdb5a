using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests;

/// <summary>Small models for tests.</summary>
internal static class TestModels
{
    /// <summary>Random weights with random biases, scales and running statistics too, so that a part left out would show.</summary>
    public static NetworkWeights Weights(Network network, int seed)
    {
        NetworkWeights weights = NetworkWeights.Random(network, seed);
        var random = new Random(seed);
        foreach (Parameter parameter in network.Parameters)
        {
            float[] values = weights[parameter.Name];
            for (int i = 0; i < values.Length && parameter.Role != ParameterRole.Weight; i++)
                values[i] = (float)(parameter.Role is ParameterRole.NormScale or ParameterRole.RunningVariance ? 0.5 + random.NextDouble() : random.NextDouble() - 0.5);
        }

        return weights;
    }

    public static IReadOnlyList<Label> Labels(int classes) =>
        [.. Enumerable.Range(0, classes).Select(i => new Label($"n{i}", $"class {i}", $"类{i}") { Synonyms = [$"klass {i}"], Broader = ["thing"] })];

    public static (PackageManifest Manifest, byte[] Onnx) Make(string network, PictureShape input, int classes, int seed = 3)
    {
        Network net = NetworkCatalog.Create(network, input, classes);
        var manifest = new PackageManifest
        {
            Name = network,
            Version = "1.0.0",
            Classes = classes,
            EmbeddingLength = net.EmbeddingLength,
            Outputs = OnnxWriter.Outputs,
            Input = new Preprocessing(input, ResizePolicy.Stretch, [.. Enumerable.Repeat(0.4f, input.Channels)], [.. Enumerable.Repeat(0.3f, input.Channels)]),
        };
        return (manifest, OnnxWriter.Write(net, Weights(net, seed)));
    }

    public static void Write(string path, string network, PictureShape input, int classes)
    {
        (PackageManifest manifest, byte[] onnx) = Make(network, input, classes);
        ModelPackage.Write(path, manifest, Labels(classes), onnx, "# A card\n");
    }
}

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pictor-models-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
