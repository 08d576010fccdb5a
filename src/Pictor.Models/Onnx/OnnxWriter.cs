using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>Writes a network as ONNX: BatchNorm folded into the convolution before it, outputs logits, probabilities and the embedding (unit length).</summary>
public static class OnnxWriter
{
    /// <summary>Name of the input.</summary>
    public const string Pixels = "pixels";

    /// <summary>Name and role of the output before softmax, [batch, classes].</summary>
    public const string Logits = "logits";

    /// <summary>Name and role of the output after softmax, [batch, classes].</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Name and role of the embedding, [batch, embedding length], unit length; zeros stay zeros.</summary>
    public const string Embedding = "embedding";

    /// <summary>Output names by role, as a package's manifest holds them.</summary>
    public static IReadOnlyDictionary<string, string> Outputs { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Logits] = Logits, [Probabilities] = Probabilities, [Embedding] = Embedding };

    /// <summary>The model file. Input <c>pixels</c> [batch, channels, height, width], already normalised; batch is free. Equal arguments give equal bytes.</summary>
    /// <exception cref="InputException">The file would exceed the 2 GiB of the format.</exception>
    public static byte[] Write(Network network, NetworkWeights weights)
    {
        weights.Check(network);
        var graph = new OnnxGraph(network.Name);
        graph.Input(Pixels, network.Input.Channels, network.Input.Height, network.Input.Width);

        // names[i] is the value that node i stands for; layers that do nothing when serving pass on the name of their input.
        var names = new string[network.Nodes.Count];
        var folded = FoldedNorms(network);
        var translation = new LayerTranslation(graph, weights);
        for (int i = 0; i < names.Length; i++)
        {
            NetworkNode node = network.Nodes[i];
            string output = i == names.Length - 1 ? Logits : node.Name;
            if (node.Layer is Layer.Input)
                names[i] = Pixels;
            else if (folded.ContainsValue(i) || (node.Layer is Layer.Dropout && output != Logits))
                names[i] = names[node.Inputs[0]];
            else
                names[i] = translation.Add(node, output, [.. node.Inputs.Select(n => names[n])], [.. node.Inputs.Select(n => network.Nodes[n].Output)], folded.TryGetValue(i, out int norm) ? network.Nodes[norm] : null);
        }

        graph.Output(Logits, network.Classes);
        graph.Node("Softmax", Probabilities, [Logits], OnnxGraph.Attribute("axis", -1));
        graph.Output(Probabilities, network.Classes);
        AddEmbedding(graph, names[network.EmbeddingNode], network);
        return graph.ToArray();
    }

    // x / max(|x|, 1e-12): a picture whose features are all zero keeps a zero embedding instead of NaN.
    private static void AddEmbedding(OnnxGraph graph, string features, Network network)
    {
        if (network.Nodes[network.EmbeddingNode].Output.Count > 1)
            features = graph.Node("Flatten", "embedding.flat", [features], OnnxGraph.Attribute("axis", 1));
        string length = graph.Node("ReduceL2", "embedding.length", [features], OnnxGraph.Attribute("axes", [1L]), OnnxGraph.Attribute("keepdims", 1));
        string safe = graph.Node("Max", "embedding.divisor", [length, graph.Constant("embedding.tiny", [1e-12f])]);
        graph.Node("Div", Embedding, [features, safe]);
        graph.Output(Embedding, network.EmbeddingLength);
    }

    /// <summary>Norms (values) that can move into the convolution before them (keys): its only reader is the norm, and it is not the embedding.</summary>
    private static Dictionary<int, int> FoldedNorms(Network network)
    {
        var readers = network.Nodes.SelectMany(node => node.Inputs).GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        var folded = new Dictionary<int, int>();
        for (int i = 1; i < network.Nodes.Count; i++)
        {
            int before = network.Nodes[i].Inputs[0];
            if (network.Nodes[i].Layer is Layer.BatchNorm && network.Nodes[before].Layer is Layer.Convolution && readers[before] == 1 && before != network.EmbeddingNode && i != network.Nodes.Count - 1)
                folded.Add(before, i);
        }

        return folded;
    }
}
