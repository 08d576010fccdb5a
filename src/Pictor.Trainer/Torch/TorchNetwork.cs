using Pictor.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pictor.Trainer.Torch;

/// <summary>
/// A network description carried out by torch: one case a layer, no module classes. Several of these may share one buffer of weights, each with
/// gradients and running statistics of its own; one is used by one thread at a time.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Network _network;
    private readonly ExecutionPlan _plan;
    private readonly Dictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<int, DropoutMask> _masks = [];
    private readonly Dictionary<int, LstmLayer> _lstms = [];
    private readonly Tensor?[] _values;

    /// <param name="layout">The network and the places of its arrays.</param>
    /// <param name="weights">Shared; written by the optimiser between steps.</param>
    /// <param name="gradients">Summed into by the backward pass; null: for evaluation only.</param>
    /// <param name="statistics">Running means and variances.</param>
    /// <param name="batch">Most pictures at once in training.</param>
    /// <param name="seed">Of dropout.</param>
    public TorchNetwork(ParameterLayout layout, FlatBuffer weights, FlatBuffer? gradients, FlatBuffer statistics, int batch, int seed)
    {
        _network = layout.Network;
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
    public Tensor Evaluate(Tensor pictures) => Run(pictures, training: false, 0, []);

    /// <summary>Logits for training: batch statistics (which move the running ones) and dropout.</summary>
    /// <param name="pictures">[n, channels, height, width].</param>
    /// <param name="epoch">For dropout.</param>
    /// <param name="samples">[n], for dropout.</param>
    public Tensor Train(Tensor pictures, int epoch, ReadOnlySpan<int> samples) => Run(pictures, training: true, epoch, samples);

    public void Dispose()
    {
        foreach (LstmLayer lstm in _lstms.Values)
            lstm.Dispose();
        foreach (DropoutMask mask in _masks.Values)
            mask.Dispose();
        foreach (Tensor parameter in _parameters.Values)
            parameter.Dispose();
    }

    private Tensor Run(Tensor pictures, bool training, int epoch, ReadOnlySpan<int> samples)
    {
        _values[0] = pictures;
        foreach (PlannedStep step in _plan.Steps)
        {
            Tensor x = _values[step.Inputs[0]]!;
            NetworkNode node = _network.Nodes[step.Node];
            _values[step.Output] = node.Layer switch
            {
                Layer.Convolution c => F.conv2d(x, Weight(node), c.Bias ? Bias(node) : null, [c.Stride, c.Stride], [c.Padding, c.Padding], null, c.Groups),
                Layer.BatchNorm b => F.batch_norm(x, Named(node, 2), Named(node, 3), Weight(node), Bias(node), training, b.Momentum, b.Epsilon),
                Layer.Relu => step.InPlace ? x.relu_() : x.relu(),
                Layer.MaxPool p => F.max_pool2d(x, p.Kernel, p.Stride, p.Padding),
                Layer.AveragePool p => F.avg_pool2d(x, p.Kernel, p.Stride),
                Layer.GlobalAveragePool => x.mean([2, 3]),
                Layer.Flatten => x.flatten(1),
                Layer.Rows => x.permute(0, 2, 1, 3).flatten(2),
                Layer.Lstm => _lstms[step.Node].Forward(x),
                Layer.LastStep => x.select(1, -1),
                Layer.Dropout => training && _masks.TryGetValue(step.Node, out DropoutMask? mask) ? mask.Apply(x, epoch, samples) : x,
                Layer.Linear l => F.linear(x, Weight(node), l.Bias ? Bias(node) : null),
                Layer.Add => x.add(_values[step.Inputs[1]]!),
                Layer.Scale s => x.mul(s.Factor),
                _ => throw new InvalidOperationException($"{_network.Name}: the trainer does not know {node.Layer}."),
            };
        }

        return _values[_plan.Output]!;
    }

    private Tensor Weight(NetworkNode node) => Named(node, 0);

    private Tensor Bias(NetworkNode node) => Named(node, 1);

    private Tensor Named(NetworkNode node, int part) => _parameters[node.Parameters[part].Name];
}
