using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Composing;

/// <summary>Lays a linear map over a package's embedding: (embedding - mean) times the map, at unit length again, becomes the embedding. Classes stay what they were.</summary>
public static class ProjectionGraph
{
    /// <summary>The model with the map, and its outputs by role.</summary>
    /// <param name="package">The package to change.</param>
    /// <param name="mean">[embedding].</param>
    /// <param name="map">[embedding, length], row by row.</param>
    /// <exception cref="InputException">package.no-embedding, or package.not-runnable: the graph cannot be changed.</exception>
    public static (byte[] Onnx, IReadOnlyDictionary<string, string> Outputs) Attach(ModelPackage package, ReadOnlySpan<float> mean, ReadOnlySpan<float> map)
    {
        int embedded = HeadGraph.RequireEmbedding(package), length = map.Length / embedded;
        ArgumentOutOfRangeException.ThrowIfNotEqual(mean.Length, embedded, nameof(mean));
        ArgumentOutOfRangeException.ThrowIfNotEqual(map.Length, embedded * length, nameof(map));

        // (x - mean) A = x A - mean A: one product with a bias.
        float[] bias = new float[length];
        for (int i = 0; i < embedded; i++)
        {
            for (int k = 0; k < length; k++)
                bias[k] -= mean[i] * map[(i * length) + k];
        }

        string embedding = package.Manifest.Outputs[OnnxWriter.Embedding];
        OnnxFile file = HeadGraph.Open(package);
        file.Graph.Outputs.RemoveAll(output => output.Name == embedding);
        string mapped = file.Node("Gemm", "projection.mapped", [embedding, file.Constant("projection.map", map, embedded, length), file.Constant("projection.bias", bias, length)]);
        string projected = file.UnitLength(mapped, "projection");
        file.Output(projected, length);
        return (file.ToArray(), new Dictionary<string, string>(package.Manifest.Outputs, StringComparer.Ordinal) { [OnnxWriter.Embedding] = projected });
    }
}
