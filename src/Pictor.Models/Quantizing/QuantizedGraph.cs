using Pictor.Models.Composing;

namespace Pictor.Models.Quantizing;

/// <summary>
/// Writes a plan into a graph as pairs of QuantizeLinear and DequantizeLinear (the QDQ form of ONNX): any runtime can compute it, and ONNX Runtime fuses
/// each operation with the pairs around it into one on 8-bit numbers.
/// </summary>
internal static class QuantizedGraph
{
    private const long UInt8 = 2, Int8 = 3, Int32 = 6;

    /// <param name="file">Changed.</param>
    /// <param name="plan">Of its graph.</param>
    /// <param name="ranges">By the names of <see cref="QuantizationPlan.RangeOf"/>.</param>
    /// <param name="bits">Of weights: 8 or 7.</param>
    public static void Write(OnnxFile file, QuantizationPlan plan, IReadOnlyDictionary<string, Quantum> ranges, int bits)
    {
        GraphParts graph = file.Graph;
        GraphNode[] nodes = [.. graph.Nodes];
        // Found before any name changes.
        var quanta = plan.Values.ToDictionary(value => value, value => ranges[plan.RangeOf(value)], StringComparer.Ordinal);
        var eightBits = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<GraphNode, PlannedLayer> layers = plan.Quantized.ToDictionary(layer => layer.Node);
        graph.Nodes.Clear();
        foreach (NamedPart input in graph.Inputs)
            Convert(input.Name);
        foreach (GraphNode node in nodes)
        {
            if (layers.TryGetValue(node, out PlannedLayer? layer))
                ReplaceWeights(file, layer, quanta[node.Inputs[0]], bits);
            for (int i = 0; i < node.Inputs.Count; i++)
                node.Inputs[i] = eightBits.GetValueOrDefault(node.Inputs[i], node.Inputs[i]);
            graph.Nodes.Add(node);
            node.Outputs.ForEach(Convert);
        }

        graph.Prune();

        void Convert(string value)
        {
            if (!quanta.TryGetValue(value, out Quantum quantum))
                return;
            string scale = file.Constant($"{value}.scale", [quantum.Scale]);
            string zero = file.Constant($"{value}.zero", UInt8, (ReadOnlySpan<byte>)[quantum.Zero]);
            string codes = file.Node("QuantizeLinear", $"{value}.codes", [value, scale, zero]);
            eightBits[value] = file.Node("DequantizeLinear", $"{value}.rounded", [codes, scale, zero]);
        }
    }

    private static void ReplaceWeights(OnnxFile file, PlannedLayer layer, Quantum input, int bits)
    {
        GraphNode node = layer.Node;
        var weights = QuantizedWeights.Of(layer.Weights.Values, layer.Outputs, bits);
        string codes = file.Constant($"{layer.Weights.Name}.codes", Int8, (ReadOnlySpan<sbyte>)weights.Codes, [.. layer.Weights.Shape]);
        string scales = file.Constant($"{layer.Weights.Name}.scale", weights.Scales, layer.Outputs);
        string zeros = file.Constant($"{layer.Weights.Name}.zero", Int8, (ReadOnlySpan<sbyte>)new sbyte[layer.Outputs], layer.Outputs);
        node.Inputs[1] = file.Node("DequantizeLinear", $"{layer.Weights.Name}.rounded", [codes, scales, zeros], GraphNode.Attribute("axis", 0));
        if (layer.Bias is null)
            return;
        string steps = file.Constant($"{layer.Bias.Name}.codes", Int32, (ReadOnlySpan<int>)weights.Bias(layer.Bias.Values, input.Scale), layer.Outputs);
        string sizes = file.Constant($"{layer.Bias.Name}.scale", [.. weights.Scales.Select(s => s * input.Scale)], layer.Outputs);
        node.Inputs[2] = file.Node("DequantizeLinear", $"{layer.Bias.Name}.rounded", [steps, sizes], GraphNode.Attribute("axis", 0));
    }
}
