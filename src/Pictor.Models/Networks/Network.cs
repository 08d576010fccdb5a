using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>What a parameter is for; weight decay applies to <see cref="Weight"/> only.</summary>
public enum ParameterRole
{
    /// <summary>Convolution, linear and recurrent weights.</summary>
    Weight,

    /// <summary>Biases.</summary>
    Bias,

    /// <summary>Scale of a normalisation.</summary>
    NormScale,

    /// <summary>Shift of a normalisation.</summary>
    NormShift,

    /// <summary>Running mean; not trained.</summary>
    RunningMean,

    /// <summary>Running variance; not trained.</summary>
    RunningVariance,
}

/// <summary>How the weights of convolutions are drawn at first.</summary>
public enum WeightStart
{
    /// <summary>As PyTorch's layers do: uniform within 1 / sqrt(fan-in). A signal through ReLUs loses five sixths of its power at each layer: for few layers.</summary>
    Uniform,

    /// <summary>He et al. 2015, eq. 10: normal with deviation sqrt(2 / fan-in) and zero biases, which keeps the power of a signal through ReLUs at any depth.</summary>
    HeNormal,
}

/// <summary>A named array of a layer.</summary>
/// <param name="Name"><c>conv1.weight</c>: node name, dot, part.</param>
/// <param name="Shape">As torch lays it out.</param>
/// <param name="Role">What it is for.</param>
public sealed record Parameter(string Name, IReadOnlyList<int> Shape, ParameterRole Role)
{
    /// <summary>Values in it.</summary>
    public long Length => Shape.Aggregate(1L, (a, b) => a * b);
}

/// <summary>A layer in its place.</summary>
/// <param name="Name">Unique in the network and stable: <c>conv1</c>, <c>norm1</c>, <c>linear1</c>.</param>
/// <param name="Layer">The operation.</param>
/// <param name="Inputs">Positions of the nodes it reads, all before it.</param>
/// <param name="Output">Shape without the batch dimension.</param>
/// <param name="Parameters">Its arrays, in a fixed order.</param>
public sealed record NetworkNode(string Name, Layer Layer, IReadOnlyList<int> Inputs, IReadOnlyList<int> Output, IReadOnlyList<Parameter> Parameters);

/// <summary>
/// An architecture as data: a small graph of layers, in order of computation. The torch module, the ONNX graph, the counts and the
/// printed summary are four readers of it. The last node gives the logits; <see cref="EmbeddingNode"/> is the input of the last linear layer.
/// </summary>
public sealed record Network(string Name, PictureShape Input, int Classes, IReadOnlyList<NetworkNode> Nodes, int EmbeddingNode)
{
    /// <summary>Starts a description; see <see cref="NetworkBuilder"/>.</summary>
    internal static NetworkBuilder On(string name, PictureShape input) => new(name, input);

    /// <summary>How a trainer draws the first weights.</summary>
    public WeightStart Start { get; init; }

    /// <summary>All arrays in order, running statistics included.</summary>
    public IEnumerable<Parameter> Parameters => Nodes.SelectMany(node => node.Parameters);

    /// <summary>Trained values, the number that papers quote.</summary>
    public long ParameterCount => Parameters.Where(p => p.Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance)).Sum(p => p.Length);

    /// <summary>Multiply-adds of one picture, convolutions, linear and recurrent layers, times two.</summary>
    public long Flops => Nodes.Sum(LayerRules.FlopsOf);

    /// <summary>Tells whether the same weights can compute pictures of another size: only the maps in between change, and no array does.</summary>
    /// <exception cref="InputException">They cannot: a linear layer reads the whole map, or the picture becomes too small on the way.</exception>
    public void CheckFits(PictureShape shape)
    {
        if (shape == Input)
            return;
        var outputs = new IReadOnlyList<int>[Nodes.Count];
        for (int i = 0; i < Nodes.Count; i++)
        {
            NetworkNode node = Nodes[i];
            try
            {
                outputs[i] = node.Layer is Layer.Input ? [shape.Channels, shape.Height, shape.Width] : LayerRules.OutputOf(node.Name, node.Layer, [.. node.Inputs.Select(n => outputs[n])]);
            }
            catch (LayerDoesNotFitException e)
            {
                throw new InputException($"network {Name}", $"pictures of {shape} are too small for it: {e.Message}", "Begin at a larger size.", e);
            }

            bool same = node.Layer is Layer.Input || LayerRules.ParametersOf(node.Name, node.Layer, outputs[node.Inputs[0]]).Select(p => p.Length).SequenceEqual(node.Parameters.Select(p => p.Length));
            if (!same)
                throw new InputException($"network {Name}", $"its layer {node.Name} is made for pictures of {Input} and takes none of {shape}", "Train at one size, or take a network that ends in a mean over all positions, such as compact or resnet18.");
        }
    }

    /// <summary>Length of the embedding.</summary>
    public int EmbeddingLength => Nodes[EmbeddingNode].Output.Aggregate(1, (a, b) => a * b);
}
