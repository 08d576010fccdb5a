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

    /// <summary>All arrays in order, running statistics included.</summary>
    public IEnumerable<Parameter> Parameters => Nodes.SelectMany(node => node.Parameters);

    /// <summary>Trained values, the number that papers quote.</summary>
    public long ParameterCount => Parameters.Where(p => p.Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance)).Sum(p => p.Length);

    /// <summary>Multiply-adds of one picture, convolutions, linear and recurrent layers, times two.</summary>
    public long Flops => Nodes.Sum(LayerRules.FlopsOf);

    /// <summary>Length of the embedding.</summary>
    public int EmbeddingLength => Nodes[EmbeddingNode].Output.Aggregate(1, (a, b) => a * b);
}
