using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>Writes a network as ONNX: BatchNorm folded into the convolution before it, outputs logits, probabilities and the embedding (unit length).</summary>
public static class OnnxWriter
{
    /// <summary>Name of the input.</summary>
    public const string Pixels = "pixels";

    /// <summary>Name and role of the output before softmax, [batch, classes].</summary>
    public const string Logits = "logits";

    /// <summary>Name and role of the output after softmax (several classes at once: sigmoid), [batch, classes].</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Name and role of the embedding, [batch, embedding length], unit length; zeros stay zeros.</summary>
    public const string Embedding = "embedding";

    /// <summary>Name and role of a regressor's output, [batch, 1], in the target's units.</summary>
    public const string Value = "value";

    /// <summary>Output names by role, as a classifier's manifest holds them.</summary>
    public static IReadOnlyDictionary<string, string> Outputs { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Logits] = Logits, [Probabilities] = Probabilities, [Embedding] = Embedding };

    /// <summary>Output names by role, as a regressor's manifest holds them.</summary>
    public static IReadOnlyDictionary<string, string> RegressorOutputs { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Value] = Value, [Embedding] = Embedding };

    /// <summary>The model file. Input <c>pixels</c> [batch, channels, height, width], already normalised; batch is free. Equal arguments give equal bytes.</summary>
    /// <param name="network">What is written.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="options">What becomes of its last values. <value>null: logits and their softmax.</value></param>
    /// <exception cref="InputException">The file would exceed the 2 GiB of the format.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or a regressor has more than one output.</exception>
    public static byte[] Write(Network network, NetworkWeights weights, OnnxWriterOptions? options = null)
    {
        options ??= new OnnxWriterOptions();
        Check(network, options);
        weights.Check(network);
        var graph = new OnnxGraph(network.Name);
        graph.Input(Pixels, network.Input.Channels, network.Input.Height, network.Input.Width);

        // names[i] is the value that node i stands for; layers that do nothing when serving pass on the name of their input.
        var names = new string[network.Nodes.Count];
        Dictionary<int, int> folded = NormFolding.Pairs(network);
        HashSet<int> gone = [.. folded.Values];
        var translation = new LayerTranslation(graph, weights);
        string last = LastName(options);
        for (int i = 0; i < names.Length; i++)
        {
            NetworkNode node = network.Nodes[i];
            string output = i == names.Length - 1 ? last : node.Name;
            if (node.Layer is Layer.Input)
                names[i] = Pixels;
            else if (gone.Contains(i) || (node.Layer is Layer.Dropout && output != last))
                names[i] = names[node.Inputs[0]];
            else
                names[i] = translation.Add(node, output, [.. node.Inputs.Select(n => names[n])], [.. node.Inputs.Select(n => network.Nodes[n].Output)], folded.TryGetValue(i, out int norm) ? network.Nodes[norm] : null);
        }

        if (options.Regression)
            AddValue(graph, options, last);
        else
            AddClasses(graph, options, network.Classes);
        AddEmbedding(graph, names[network.EmbeddingNode], network);
        if (KeptNorms.Write(network, weights, folded) is { } norms)
            graph.Metadata(KeptNorms.Key, norms);
        return graph.ToArray();
    }

    private static void Check(Network network, OnnxWriterOptions options)
    {
        if (!(options.Temperature > 0 && double.IsFinite(options.Temperature)))
            throw new ArgumentOutOfRangeException(nameof(options), options.Temperature, "A temperature is a finite number above 0.");
        if (!double.IsFinite(options.ValueScale) || !double.IsFinite(options.ValueOffset))
            throw new ArgumentOutOfRangeException(nameof(options), "Scale and offset of a value are finite numbers.");
        if (options.Regression && network.Classes != 1)
            throw new ArgumentOutOfRangeException(nameof(network), network.Classes, "A regressor has one output.");
    }

    private static string LastName(OnnxWriterOptions options) => options switch
    {
        { Regression: false } => Logits,
        { ValueScale: 1, ValueOffset: 0 } => Value,
        _ => "value.normalised",
    };

    private static void AddValue(OnnxGraph graph, OnnxWriterOptions options, string last)
    {
        if (last != Value)
        {
            string scaled = graph.Node("Mul", "value.scaled", [last, graph.Constant("value.scale", [(float)options.ValueScale], 1)]);
            graph.Node("Add", Value, [scaled, graph.Constant("value.offset", [(float)options.ValueOffset], 1)]);
        }

        graph.Output(Value, 1);
    }

    private static void AddClasses(OnnxGraph graph, OnnxWriterOptions options, int classes)
    {
        graph.Output(Logits, classes);
        string logits = options.Temperature == 1
            ? Logits
            : graph.Node("Div", "logits.calibrated", [Logits, graph.Constant("logits.temperature", [(float)options.Temperature], 1)]);
        if (options.MultiLabel)
            graph.Node("Sigmoid", Probabilities, [logits]);
        else
            graph.Node("Softmax", Probabilities, [logits], OnnxGraph.Attribute("axis", -1));
        graph.Output(Probabilities, classes);
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
}
