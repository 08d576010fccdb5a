using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Composing;

/// <summary>Puts a head on a package's embedding: its old classes are taken out with all that only they needed, the embedding stays for search.</summary>
public static class HeadGraph
{
    /// <summary>The model with the head, and its outputs by role.</summary>
    /// <param name="package">The package to build on.</param>
    /// <param name="head">The layer; its weights are for the embedding as the package gives it.</param>
    /// <exception cref="InputException">package.no-embedding: there is nothing to build on; package.not-runnable: the graph cannot be changed.</exception>
    public static (byte[] Onnx, IReadOnlyDictionary<string, string> Outputs) Attach(ModelPackage package, HeadLayer head)
    {
        int length = RequireEmbedding(package);
        ArgumentOutOfRangeException.ThrowIfNotEqual(head.Weights.Length, (long)head.Classes * length, nameof(head));
        ArgumentOutOfRangeException.ThrowIfNotEqual(head.Bias.Length, head.Classes, nameof(head));
        string embedding = package.Manifest.Outputs[OnnxWriter.Embedding];
        OnnxFile file = Open(package);
        file.Graph.Outputs.RemoveAll(output => output.Name != embedding);
        file.Graph.Prune();
        file.Reindex();

        var outputs = new Dictionary<string, string>(StringComparer.Ordinal) { [OnnxWriter.Embedding] = embedding };
        string weights = file.Constant("head.weight", head.Weights, head.Classes, length);
        string bias = file.Constant("head.bias", head.Bias, head.Classes);
        string role = head.Kind == HeadKind.Value ? OnnxWriter.Value : OnnxWriter.Logits;
        string logits = outputs[role] = file.Node("Gemm", role, [embedding, weights, bias], GraphNode.Attribute("transB", 1));
        file.Output(logits, head.Classes);
        if (head.Kind != HeadKind.Value)
        {
            string cooled = head.Temperature == 1 ? logits : file.Node("Mul", "head.cooled", [logits, file.Constant("head.inverseTemperature", [(float)(1 / head.Temperature)], 1)]);
            string probabilities = outputs[OnnxWriter.Probabilities] = head.Kind == HeadKind.Softmax
                ? file.Node("Softmax", OnnxWriter.Probabilities, [cooled], GraphNode.Attribute("axis", 1))
                : file.Node("Sigmoid", OnnxWriter.Probabilities, [cooled]);
            file.Output(probabilities, head.Classes);
        }

        return (file.ToArray(), outputs);
    }

    /// <summary>The length of a package's embedding.</summary>
    /// <exception cref="InputException">package.no-embedding.</exception>
    public static int RequireEmbedding(ModelPackage package) => package.Manifest.EmbeddingLength > 0
        ? package.Manifest.EmbeddingLength
        : throw new InputException(package.Reference, "it has no embedding, so no head can be put on it", "Choose a package with an embedding, or import the ONNX file again with a recipe that names one.")
        { Code = "package.no-embedding" };

    internal static OnnxFile Open(ModelPackage package)
    {
        try
        {
            return OnnxFile.Read(package.Onnx);
        }
        catch (FormatException e)
        {
            throw new InputException(package.Reference, $"its model cannot be changed: {e.Message}", "Export it again with operator set 13 or later.", e) { Code = "package.not-runnable" };
        }
    }
}
