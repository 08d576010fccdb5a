using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>Builds a network layer by layer. Each call reads the node before it; <see cref="Residual"/> is the one fork.</summary>
internal sealed class NetworkBuilder
{
    private readonly List<NetworkNode> _nodes = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly PictureShape _input;
    private int _at;
    private int _embedding = -1;
    private WeightStart _start;

    public NetworkBuilder(string name, PictureShape input)
    {
        (_name, _input) = (name, input);
        _nodes.Add(new("input", new Layer.Input(), [], [input.Channels, input.Height, input.Width], []));
    }

    /// <summary>[channels, height, width] or [features] of what has been built so far.</summary>
    public IReadOnlyList<int> Shape => _nodes[_at].Output;

    public NetworkBuilder Convolve(int channels, int kernel, int stride = 1, int padding = 0, bool bias = true, int groups = 1) =>
        Then("conv", new Layer.Convolution(channels, kernel, stride, padding, bias, groups));

    /// <param name="zeroInit">Its scale starts at zero: the last norm of a residual block.</param>
    public NetworkBuilder Norm(bool zeroInit = false) => Then("norm", new Layer.BatchNorm(ZeroInit: zeroInit));

    public NetworkBuilder Relu() => Then("relu", new Layer.Relu());

    public NetworkBuilder MaxPool(int kernel, int? stride = null, int padding = 0) => Then("maxpool", new Layer.MaxPool(kernel, stride ?? kernel, padding));

    public NetworkBuilder AveragePool(int kernel, int? stride = null) => Then("avgpool", new Layer.AveragePool(kernel, stride ?? kernel));

    /// <summary>Average pooling to a fixed grid; a picture of that very size adds no node.</summary>
    public NetworkBuilder AdaptiveAveragePool(int height, int width) =>
        Shape[1] == height && Shape[2] == width ? this : Then("adaptivepool", new Layer.AdaptiveAveragePool(height, width));

    public NetworkBuilder GlobalAveragePool() => Then("globalpool", new Layer.GlobalAveragePool());

    public NetworkBuilder Flatten() => Then("flatten", new Layer.Flatten());

    public NetworkBuilder Rows() => Then("rows", new Layer.Rows());

    public NetworkBuilder Lstm(int hidden) => Then("lstm", new Layer.Lstm(hidden));

    public NetworkBuilder LastStep() => Then("last", new Layer.LastStep());

    /// <summary>Dropout; a probability of zero adds no node.</summary>
    public NetworkBuilder Dropout(float probability) => probability == 0 ? this : Then("dropout", new Layer.Dropout(probability));

    public NetworkBuilder Linear(int features, bool bias = true) => Then("linear", new Layer.Linear(features, bias));

    public NetworkBuilder Scale(float factor) => Then("scale", new Layer.Scale(factor));

    /// <summary>What has been built so far feeds <paramref name="body"/> and <paramref name="shortcut"/> (nothing: itself); their outputs are added.</summary>
    public NetworkBuilder Residual(Func<NetworkBuilder, NetworkBuilder> body, Func<NetworkBuilder, NetworkBuilder>? shortcut = null)
    {
        int entry = _at;
        body(this);
        int main = _at;
        _at = entry;
        shortcut?.Invoke(this);
        return Then("add", new Layer.Add(), main, _at);
    }

    /// <summary>Marks the embedding: what the last linear layer reads, save for dropout in between.</summary>
    public NetworkBuilder Embed()
    {
        _embedding = _at;
        return this;
    }

    /// <summary>How a trainer draws the first weights.</summary>
    public NetworkBuilder Start(WeightStart start)
    {
        _start = start;
        return this;
    }

    public Network Build()
    {
        if (_embedding < 0 || _nodes[_at].Output.Count != 1)
            throw new InvalidOperationException($"{_name} names no embedding or does not end in a vector.");
        return new Network(_name, _input, _nodes[_at].Output[0], _nodes.ToArray(), _embedding) { Start = _start };
    }

    private NetworkBuilder Then(string kind, Layer layer) => Then(kind, layer, _at);

    private NetworkBuilder Then(string kind, Layer layer, params int[] inputs)
    {
        // Numbered by kind, so that a name stays what it was when layers of another kind come in between.
        int number = _numbers[kind] = _numbers.GetValueOrDefault(kind) + 1;
        string name = $"{kind}{number}";
        var shapes = inputs.Select(i => _nodes[i].Output).ToArray();
        _nodes.Add(new(name, layer, inputs, LayerRules.OutputOf(name, layer, shapes), LayerRules.ParametersOf(name, layer, shapes[0])));
        _at = _nodes.Count - 1;
        return this;
    }
}
