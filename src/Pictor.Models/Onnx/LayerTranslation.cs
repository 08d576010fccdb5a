using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>
/// Each layer as ONNX operations. Values have the batch first, with one exception: sequences are [steps, batch, features] between
/// <see cref="Layer.Rows"/> and <see cref="Layer.LastStep"/>, which is how ONNX's LSTM reads and writes them.
/// </summary>
internal sealed class LayerTranslation(OnnxGraph graph, NetworkWeights weights)
{
    /// <summary>Adds a node and returns the name of its value.</summary>
    /// <param name="node">What to add.</param>
    /// <param name="output">The name its value gets.</param>
    /// <param name="inputs">Names of the values it reads.</param>
    /// <param name="shapes">Their shapes without the batch.</param>
    /// <param name="norm">A norm to be folded into this convolution.</param>
    public string Add(NetworkNode node, string output, string[] inputs, IReadOnlyList<int>[] shapes, NetworkNode? norm) => node.Layer switch
    {
        Layer.Convolution c => Convolution(node, c, output, inputs[0], norm),
        Layer.BatchNorm b => Norm(node, b, output, inputs[0], shapes[0]),
        Layer.Relu => graph.Node("Relu", output, inputs),
        Layer.MaxPool p => graph.Node("MaxPool", output, inputs, Window(p.Kernel, p.Stride, p.Padding)),
        Layer.AveragePool p => graph.Node("AveragePool", output, inputs, Window(p.Kernel, p.Stride, 0)),
        Layer.AdaptiveAveragePool p => AdaptivePooling.Add(graph, node.Name, output, inputs[0], (shapes[0][1], shapes[0][2]), (p.Height, p.Width)),
        Layer.GlobalAveragePool => Flat(output, graph.Node("GlobalAveragePool", $"{node.Name}.mean", inputs)),
        Layer.Flatten => Flat(output, inputs[0]),
        Layer.Rows => Rows(node, output, inputs[0]),
        Layer.Lstm l => Lstm(node, l, output, inputs[0]),
        Layer.LastStep => graph.Node("Gather", output, [inputs[0], graph.Constant($"{node.Name}.index", [-1], scalar: true)], OnnxGraph.Attribute("axis", 0)),
        Layer.Linear l => Linear(node, l, output, inputs[0]),
        Layer.Add => graph.Node("Add", output, inputs),
        Layer.Scale s => graph.Node("Mul", output, [inputs[0], graph.Constant($"{node.Name}.factor", [s.Factor], [1])]),
        Layer.Dropout => graph.Node("Identity", output, inputs),
        _ => throw new InvalidOperationException($"{node.Name}: no ONNX rule for {node.Layer}."),
    };

    private string Flat(string output, string input) => graph.Node("Flatten", output, [input], OnnxGraph.Attribute("axis", 1));

    private string Convolution(NetworkNode node, Layer.Convolution layer, string output, string input, NetworkNode? norm)
    {
        float[] kernel = weights[$"{node.Name}.weight"];
        float[]? bias = layer.Bias ? weights[$"{node.Name}.bias"] : null;
        if (norm is not null)
        {
            (float[] scale, float[] shift) = NormFolding.ScaleAndShift(norm, weights, bias);
            (kernel, bias) = (NormFolding.ScaledRows(kernel, scale), shift);
        }

        string[] inputs = [input, graph.Constant($"{node.Name}.weight", kernel, [.. node.Parameters[0].Shape])];
        if (bias is not null)
            inputs = [.. inputs, graph.Constant($"{node.Name}.bias", bias, bias.Length)];
        return graph.Node("Conv", output, inputs, [.. Window(layer.Kernel, layer.Stride, layer.Padding), OnnxGraph.Attribute("group", layer.Groups)]);
    }

    private string Norm(NetworkNode node, Layer.BatchNorm layer, string output, string input, IReadOnlyList<int> shape)
    {
        (float[] scale, float[] shift) = NormFolding.ScaleAndShift(node, weights, bias: null);
        int[] wide = [shape[0], .. Enumerable.Repeat(1, shape.Count - 1)];
        string scaled = graph.Node("Mul", $"{node.Name}.scaled", [input, graph.Constant($"{node.Name}.scale", scale, wide)]);
        return graph.Node("Add", output, [scaled, graph.Constant($"{node.Name}.shift", shift, wide)]);
    }

    private string Linear(NetworkNode node, Layer.Linear layer, string output, string input)
    {
        string[] inputs = [input, graph.Constant($"{node.Name}.weight", weights[$"{node.Name}.weight"], [.. node.Parameters[0].Shape])];
        if (layer.Bias)
            inputs = [.. inputs, graph.Constant($"{node.Name}.bias", weights[$"{node.Name}.bias"], layer.Out)];
        return graph.Node("Gemm", output, inputs, OnnxGraph.Attribute("transB", 1));
    }

    // [batch, c, h, w] -> [h, batch, c, w] -> [h, batch, c * w]; 0 keeps a dimension, -1 takes what is left.
    private string Rows(NetworkNode node, string output, string input)
    {
        string turned = graph.Node("Transpose", $"{node.Name}.turned", [input], OnnxGraph.Attribute("perm", 2, 0, 1, 3));
        return graph.Node("Reshape", output, [turned, graph.Constant($"{node.Name}.shape", [0, 0, -1])]);
    }

    // Gates stand as i, f, g, o here and in torch, as i, o, f, c in ONNX; its result has a dimension for directions.
    private string Lstm(NetworkNode node, Layer.Lstm layer, string output, string input)
    {
        int features = node.Parameters[0].Shape[1];
        string w = graph.Constant($"{node.Name}.W", Gates($"{node.Name}.weight_ih"), 1, 4 * layer.Hidden, features);
        string r = graph.Constant($"{node.Name}.R", Gates($"{node.Name}.weight_hh"), 1, 4 * layer.Hidden, layer.Hidden);
        string b = graph.Constant($"{node.Name}.B", [.. Gates($"{node.Name}.bias_ih"), .. Gates($"{node.Name}.bias_hh")], 1, 8 * layer.Hidden);
        string sequence = graph.Node("LSTM", $"{node.Name}.sequence", [input, w, r, b], OnnxGraph.Attribute("hidden_size", layer.Hidden));
        return graph.Node("Squeeze", output, [sequence, graph.Constant($"{node.Name}.directions", [1])]);
    }

    private float[] Gates(string name)
    {
        float[] all = weights[name];
        int part = all.Length / 4;
        return [.. all[..part], .. all[(3 * part)..], .. all[part..(2 * part)], .. all[(2 * part)..(3 * part)]];
    }

    private static ProtoMessage[] Window(int kernel, int stride, int padding) =>
    [
        OnnxGraph.Attribute("kernel_shape", kernel, kernel),
        OnnxGraph.Attribute("strides", stride, stride),
        OnnxGraph.Attribute("pads", padding, padding, padding, padding),
    ];
}
