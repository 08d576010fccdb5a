using Pictor.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pictor.Trainer.Torch;

/// <summary>
/// A network description carried out by torch: one case a layer, no module classes. Several of these may share one buffer of weights, each with
/// gradients and running statistics of its own; one is used by one thread at a time. In bfloat16, kernels are cast inside the graph, so that the
/// gradient comes back to the float32 master weights by itself; activations up to the mean over all positions are bfloat16, norms compute on them
/// with float32 parameters, and the last layer, LSTMs and the loss are float32.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Network _network;
    private readonly ExecutionPlan _plan;
    private readonly Dictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<int, DropoutMask> _masks = [];
    private readonly Dictionary<int, LstmLayer> _lstms = [];
    private readonly Tensor?[] _values;
    private readonly int _last;
    private readonly bool _bfloat16;

    /// <param name="layout">The network and the places of its arrays.</param>
    /// <param name="weights">Shared; written by the optimiser between steps.</param>
    /// <param name="gradients">Summed into by the backward pass; null: for evaluation only.</param>
    /// <param name="statistics">Running means and variances.</param>
    /// <param name="batch">Most pictures at once in training.</param>
    /// <param name="seed">Of dropout.</param>
    /// <param name="bfloat16">Compute in bfloat16 where it pays.</param>
    public TorchNetwork(ParameterLayout layout, FlatBuffer weights, FlatBuffer? gradients, FlatBuffer statistics, int batch, int seed, bool bfloat16 = false)
    {
        _network = layout.Network;
        _bfloat16 = bfloat16;
        _last = _network.Nodes.Count - 1;
        _plan = ExecutionPlan.For(_network);
        _values = new Tensor?[_network.Nodes.Count];
        using DisposeScope scope = NewDisposeScope();
        foreach (ParameterSlot slot in layout.Slots)
        {
            int[] shape = [.. slot.Parameter.Shape];
            Tensor view = (slot.Trained ? weights : statistics).View(slot.Offset, shape, slot.ChannelsLast).DetachFromDisposeScope();
            if (slot.Trained && gradients is not null)
            {
                view.requires_grad_(true);
                view.grad = gradients.View(slot.Offset, shape, slot.ChannelsLast);
            }

            _parameters.Add(slot.Parameter.Name, view);
        }

        for (int i = 0; i < _network.Nodes.Count; i++)
        {
            NetworkNode node = _network.Nodes[i];
            if (node.Layer is Layer.Dropout { Probability: > 0 } dropout && gradients is not null)
                _masks.Add(i, new DropoutMask(dropout.Probability, node.Output, batch, seed, i));
            else if (node.Layer is Layer.Lstm)
                _lstms.Add(i, new LstmLayer(node, _parameters));
        }
    }

    /// <summary>The last forward pass's embedding, not yet of unit length; owned by the caller's scope.</summary>
    public Tensor Embedding => _values[_network.EmbeddingNode]!;

    /// <summary>Logits for evaluation: running statistics, no dropout.</summary>
    /// <param name="pictures">[n, channels, height, width].</param>
    /// <param name="exactly">In float32, whatever training computes in: as the package will.</param>
    public Tensor Evaluate(Tensor pictures, bool exactly = false) => Run(pictures, training: false, _bfloat16 && !exactly, 0, []);

    /// <summary>Logits for training: batch statistics (which move the running ones) and dropout.</summary>
    /// <param name="pictures">[n, channels, height, width].</param>
    /// <param name="epoch">For dropout.</param>
    /// <param name="samples">[n], for dropout.</param>
    public Tensor Train(Tensor pictures, int epoch, ReadOnlySpan<int> samples) => Run(pictures, training: true, _bfloat16, epoch, samples);

    public void Dispose()
    {
        foreach (LstmLayer lstm in _lstms.Values)
            lstm.Dispose();
        foreach (DropoutMask mask in _masks.Values)
            mask.Dispose();
        foreach (Tensor parameter in _parameters.Values)
            parameter.Dispose();
    }

    private Tensor Run(Tensor pictures, bool training, bool half, int epoch, ReadOnlySpan<int> samples)
    {
        _values[0] = half ? pictures.to(ScalarType.BFloat16) : pictures;
        foreach (PlannedStep step in _plan.Steps)
        {
            Tensor x = _values[step.Inputs[0]]!;
            NetworkNode node = _network.Nodes[step.Node];
            _values[step.Output] = node.Layer switch
            {
                Layer.Convolution c => Convolve(x, node, c),
                Layer.BatchNorm b => F.batch_norm(x, Named(node, 2), Named(node, 3), Weight(node), Bias(node), training, b.Momentum, b.Epsilon),
                Layer.Relu => step.InPlace ? x.relu_() : x.relu(),
                Layer.MaxPool p => F.max_pool2d(x, p.Kernel, p.Stride, p.Padding),
                Layer.AveragePool p => F.avg_pool2d(x, p.Kernel, p.Stride),
                Layer.AdaptiveAveragePool p => F.adaptive_avg_pool2d(x, [p.Height, p.Width]),
                Layer.GlobalAveragePool => x.mean([2, 3], false, ScalarType.Float32),
                Layer.Flatten => x.flatten(1),
                Layer.Rows => Full(x).permute(0, 2, 1, 3).flatten(2),
                Layer.Lstm => _lstms[step.Node].Forward(x),
                Layer.LastStep => x.select(1, -1),
                Layer.Dropout => training && _masks.TryGetValue(step.Node, out DropoutMask? mask) ? mask.Apply(x, epoch, samples) : x,
                Layer.Linear l => Linear(step.Node == _last ? Full(x) : x, node, l),
                Layer.Add => x.add(_values[step.Inputs[1]]!),
                Layer.Scale s => x.mul(s.Factor),
                _ => throw new InvalidOperationException($"{_network.Name}: the trainer does not know {node.Layer}."),
            };
        }

        return _values[_plan.Output]!;
    }

    private Tensor Linear(Tensor x, NetworkNode node, Layer.Linear layer) => F.linear(x, As(x, Weight(node)), layer.Bias ? As(x, Bias(node)) : null);

    private static Tensor As(Tensor x, Tensor parameter) => x.dtype == parameter.dtype ? parameter : parameter.to(x.dtype);

    private static Tensor Full(Tensor x) => x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32);

    // oneDNN's 1x1 convolution with a stride gives wrong values for some shapes with channels innermost (256 channels of 8x8 to 512 of 4x4, for one),
    // so the pixels that it would read are picked first: pooling over single pixels does that, forward and backward.
    private Tensor Convolve(Tensor x, NetworkNode node, Layer.Convolution c)
    {
        Tensor weight = As(x, Weight(node));
        Tensor? bias = c.Bias ? As(x, Bias(node)) : null;
        return c is { Kernel: 1, Stride: > 1, Padding: 0 }
            ? F.conv2d(F.avg_pool2d(x, 1, c.Stride), weight, bias, [1, 1], [0, 0], null, c.Groups)
            : F.conv2d(x, weight, bias, [c.Stride, c.Stride], [c.Padding, c.Padding], null, c.Groups);
    }

    private Tensor Weight(NetworkNode node) => Named(node, 0);

    private Tensor Bias(NetworkNode node) => Named(node, 1);

    private Tensor Named(NetworkNode node, int part) => _parameters[node.Parameters[part].Name];
}
