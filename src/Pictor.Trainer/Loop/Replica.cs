using Pictor.Datasets;
using Pictor.Trainer.Torch;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pictor.Trainer.Loop;

/// <summary>What one thread computes with: shared weights, own gradients, own running statistics, own input.</summary>
internal sealed class Replica : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly PictureTensor _input;

    /// <param name="layout">The network.</param>
    /// <param name="weights">Shared by all replicas.</param>
    /// <param name="capacity">Most pictures at once.</param>
    /// <param name="seed">Of dropout.</param>
    public Replica(ParameterLayout layout, FlatBuffer weights, int capacity, int seed)
    {
        Gradients = new FlatBuffer(layout.TrainedLength);
        Statistics = new FlatBuffer(layout.StatisticsLength);
        _network = new TorchNetwork(layout, weights, Gradients, Statistics, capacity, seed);
        bool convolves = layout.Slots.Any(slot => slot.ChannelsLast);
        _input = new PictureTensor(layout.Network.Input, capacity, convolves);
    }

    /// <summary>Most pictures at once.</summary>
    public int Capacity => _input.Batch;

    /// <summary>Sum over the pictures since the optimiser last cleared it.</summary>
    public FlatBuffer Gradients { get; }

    /// <summary>Running means and variances.</summary>
    public FlatBuffer Statistics { get; }

    /// <summary>Adds the gradients of some pictures.</summary>
    /// <returns>The sum of their losses.</returns>
    public float Learn(BatchSource source, ReadOnlySpan<int> positions, int epoch)
    {
        source.Fill(positions, epoch, _input.Planes, _input.Classes);
        using DisposeScope scope = NewDisposeScope();
        (Tensor pictures, Tensor classes) = _input.Take(positions.Length);
        Tensor loss = F.cross_entropy(_network.Train(pictures, epoch, positions), classes, reduction: nn.Reduction.Sum);
        loss.backward();
        return loss.item<float>();
    }

    /// <summary>Judges some pictures; nothing is learned.</summary>
    /// <returns>The sum of their losses, and how many were right.</returns>
    public (double Loss, int Right) Judge(BatchSource source, ReadOnlySpan<int> positions)
    {
        source.Fill(positions, 0, _input.Planes, _input.Classes);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        (Tensor pictures, Tensor classes) = _input.Take(positions.Length);
        Tensor logits = _network.Evaluate(pictures);
        double loss = F.cross_entropy(logits, classes, reduction: nn.Reduction.Sum).item<float>();
        return (loss, (int)logits.argmax(1).eq(classes).sum().item<long>());
    }

    public void Dispose()
    {
        _input.Dispose();
        _network.Dispose();
        Gradients.Dispose();
        Statistics.Dispose();
    }
}
