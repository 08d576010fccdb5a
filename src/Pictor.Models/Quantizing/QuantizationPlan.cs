using Pictor.Models.Composing;

namespace Pictor.Models.Quantizing;

/// <summary>A layer with weights, as a plan sees it.</summary>
/// <param name="Node">The operation: Conv or Gemm.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Bias">Its bias, or null.</param>
internal sealed record PlannedLayer(GraphNode Node, FloatConstant Weights, FloatConstant? Bias)
{
    /// <summary>Output channels.</summary>
    public int Outputs => (int)Weights.Shape[0];

    /// <summary>The name of what it gives.</summary>
    public string Output => Node.Outputs[0];
}

/// <summary>
/// Which operations of a graph work on 8-bit values. ONNX Runtime fuses an operation with the conversions around it only if all that it reads and what it
/// gives are 8 bits, so the plan keeps whole stretches: convolutions, the additions between them, and the poolings that only move values.
/// </summary>
internal sealed class QuantizationPlan
{
    private readonly GraphParts _graph;
    private readonly Dictionary<string, GraphNode> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<GraphNode>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<GraphNode> _inEightBits = [];

    private QuantizationPlan(GraphParts graph)
    {
        _graph = graph;
        foreach (GraphNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
                _makers[output] = node;
            foreach (string input in node.Reads())
            {
                if (!_readers.TryGetValue(input, out List<GraphNode>? readers))
                    _readers[input] = readers = [];
                readers.Add(node);
            }
        }
    }

    /// <summary>All layers with constant weights, in the order of the graph.</summary>
    public IReadOnlyList<PlannedLayer> Layers { get; private set; } = [];

    /// <summary>Those that work on 8 bits.</summary>
    public IReadOnlyList<PlannedLayer> Quantized { get; private set; } = [];

    /// <summary>Values to be held in 8 bits, in the order of the graph; a pooling's value has the range of what it pools (<see cref="RangeOf"/>).</summary>
    public IReadOnlyList<string> Values { get; private set; } = [];

    /// <summary>Finds the layers.</summary>
    public static QuantizationPlan For(GraphParts graph)
    {
        var plan = new QuantizationPlan(graph);
        Dictionary<string, NamedPart> constants = graph.Constants.ToDictionary(part => part.Name, StringComparer.Ordinal);
        plan.Layers =
        [
            .. from node in graph.Nodes
               where node is { Operation: "Conv" or "Gemm", Inputs.Count: >= 2 } && node.Outputs.Count == 1
               let weights = constants.TryGetValue(node.Inputs[1], out NamedPart? w) ? FloatConstant.Read(w) : null
               let bias = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? constants.TryGetValue(node.Inputs[2], out NamedPart? b) ? FloatConstant.Read(b) : null : null
               where weights is not null && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || bias is not null) && (node.Operation == "Conv" || node.Integer("transB", 0) == 1)
               select new PlannedLayer(node, weights, bias),
        ];
        return plan;
    }

    /// <summary>Settles which layers work on 8 bits, and with them the operations between.</summary>
    public void Choose(Func<PlannedLayer, bool> quantize)
    {
        Quantized = [.. Layers.Where(quantize)];
        _inEightBits.UnionWith(Quantized.Select(layer => layer.Node));
        foreach (GraphNode node in _graph.Nodes)
        {
            if (node.Operation is "Add" && node.Inputs.TrueForAll(IsEightBits) || (node.Operation is "MaxPool" && IsEightBits(node.Inputs[0])))
                _inEightBits.Add(node);
        }

        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (GraphNode node in _inEightBits)
        {
            wanted.UnionWith(node.Operation == "Add" ? node.Inputs : node.Inputs.Take(1));
            // A matrix product may give 32 bits; a convolution may not.
            if (node.Operation != "Gemm" || _readers.GetValueOrDefault(AfterRelu(node.Outputs[0]))?.Exists(_inEightBits.Contains) == true)
                wanted.Add(AfterRelu(node.Outputs[0]));
        }

        Values = [.. _graph.Inputs.Select(input => input.Name).Concat(_graph.Nodes.SelectMany(node => node.Outputs)).Where(wanted.Contains)];
    }

    /// <summary>The value whose range holds for this one.</summary>
    public string RangeOf(string value)
    {
        while (_makers.TryGetValue(value, out GraphNode? maker) && maker.Operation == "MaxPool")
            value = maker.Inputs[0];
        return value;
    }

    /// <summary>Whether an operation reads 8 bits.</summary>
    public bool Reads(GraphNode node) => _inEightBits.Contains(node);

    // A ReLU whose reader it alone is goes into the rounding: codes begin at its zero.
    private string AfterRelu(string value) =>
        _readers.GetValueOrDefault(value) is [{ Operation: "Relu" } relu] && !_graph.Outputs.Exists(output => output.Name == value) ? relu.Outputs[0] : value;

    private bool IsEightBits(string value)
    {
        while (_makers.TryGetValue(value, out GraphNode? maker))
        {
            if (_inEightBits.Contains(maker))
                return true;
            if (maker.Operation != "Relu")
                return false;
            value = maker.Inputs[0];
        }

        return false;
    }
}
