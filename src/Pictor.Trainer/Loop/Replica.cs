using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Trainer.Data;
using Pictor.Trainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pictor.Trainer.Loop;

/// <summary>What one thread computes with: shared weights, own gradients, own running statistics, own input.</summary>
internal sealed class Replica : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly TrainingLoss _loss;
    private readonly TargetScale _scale;
    private readonly bool _convolves;
    private readonly int _outputs;
    private readonly FirstPass _first = new();
    private PictureTensor _input;
    private PictureShape _shape;

    /// <param name="layout">The network.</param>
    /// <param name="weights">Shared by all replicas.</param>
    /// <param name="capacity">Most pictures at once.</param>
    /// <param name="seed">Of dropout.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="scale">How numbers are brought to mean 0 and deviation 1.</param>
    /// <param name="bfloat16">Compute in bfloat16 where it pays.</param>
    public Replica(ParameterLayout layout, FlatBuffer weights, int capacity, int seed, TrainingLoss loss, TargetScale scale, bool bfloat16)
    {
        Gradients = new FlatBuffer(layout.TrainedLength);
        Statistics = new FlatBuffer(layout.StatisticsLength);
        _network = new TorchNetwork(layout, weights, Gradients, Statistics, capacity, seed, bfloat16);
        _convolves = layout.Slots.Any(slot => slot.ChannelsLast);
        (_loss, _scale, _shape, _outputs) = (loss, scale, layout.Network.Input, layout.Network.Classes);
        _input = new PictureTensor(_shape, _outputs, capacity, _convolves);
    }

    /// <summary>Most pictures at once.</summary>
    public int Capacity => _input.Batch;

    /// <summary>Sum over the pictures since the optimiser last cleared it.</summary>
    public FlatBuffer Gradients { get; }

    /// <summary>Running means and variances.</summary>
    public FlatBuffer Statistics { get; }

    /// <summary>Where margins are kept; null: nowhere.</summary>
    public MarginRecord? Margins { get; set; }

    /// <summary>Makes room for pictures of another size.</summary>
    public void Prepare(PictureShape shape)
    {
        if (shape == _shape)
            return;
        _shape = shape;
        int capacity = Capacity;
        _input.Dispose();
        _input = new PictureTensor(shape, _outputs, capacity, _convolves);
    }

    /// <summary>Adds the gradients of some pictures.</summary>
    /// <returns>The sum of their losses.</returns>
    public float Learn(BatchSource source, ReadOnlySpan<int> positions, int epoch)
    {
        bool mixes = source.Mixes(epoch);
        bool dense = mixes || _loss.NeedsDense;
        source.Fill(positions, epoch, _input.Planes, _input.Classes);
        if (dense)
            FillTargets(source, positions, epoch);
        if (_loss.HasTeacher)
            source.FillSoftTargets(positions, epoch, _input.Soft);

        using FirstPass.Turn turn = _first.Enter(PassKind.Train, positions.Length, _shape);
        using DisposeScope scope = NewDisposeScope();
        Tensor outputs = _network.Train(_input.TakePictures(positions.Length), epoch, positions);
        Tensor loss = dense
            ? _loss.OfTargets(outputs, _input.TakeTargets(positions.Length), _loss.HasTeacher ? _input.TakeSoft(positions.Length) : null)
            : _loss.OfClasses(outputs, _input.TakeClasses(positions.Length));
        loss.backward();
        // What a network says of a mixture tells nothing of the label of either picture.
        if (!mixes)
            Margins?.Add(Values(outputs.detach()), _input.Classes, positions);
        return loss.item<float>();
    }

    /// <summary>Judges some pictures of the validation part; nothing is learned.</summary>
    /// <returns>The sum of their losses, and how many were right: by the likeliest class, or the share of right yes-or-no answers of each; 0 for numbers.</returns>
    public (double Loss, double Right) Judge(BatchSource source, ReadOnlySpan<int> positions)
    {
        source.Fill(positions, 0, _input.Planes, _input.Classes);
        if (source.Task != DatasetTask.SingleLabel)
            FillTargets(source, positions, 0);
        using FirstPass.Turn turn = _first.Enter(PassKind.Judge, positions.Length, _shape);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Tensor outputs = _network.Evaluate(_input.TakePictures(positions.Length));
        Tensor classes = _input.TakeClasses(positions.Length), targets = _input.TakeTargets(positions.Length);
        Margins?.AddHeldOut(Values(outputs), _input.Classes, positions);
        double loss = _loss.Plain(outputs, classes, targets).item<float>();
        double right = source.Task switch
        {
            DatasetTask.SingleLabel => outputs.argmax(1).eq(classes).sum().item<long>(),
            DatasetTask.MultiLabel => outputs.gt(0).eq(targets.gt(0.5)).sum().item<long>() / (double)_outputs,
            _ => 0,
        };
        return (loss, right);
    }

    /// <summary>The network's outputs in float32, as the package will compute them.</summary>
    /// <param name="source">Not augmented.</param>
    /// <param name="positions">At most <see cref="Capacity"/>.</param>
    /// <param name="outputs">[n, outputs], to be filled.</param>
    public void Predict(BatchSource source, ReadOnlySpan<int> positions, Span<float> outputs)
    {
        source.Fill(positions, 0, _input.Planes, _input.Classes);
        using FirstPass.Turn turn = _first.Enter(PassKind.Predict, positions.Length, _shape);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Values(_network.Evaluate(_input.TakePictures(positions.Length), exactly: true)).CopyTo(outputs);
    }

    public void Dispose()
    {
        _input.Dispose();
        _network.Dispose();
        Gradients.Dispose();
        Statistics.Dispose();
    }

    private static ReadOnlySpan<float> Values(Tensor tensor) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes);

    private void FillTargets(BatchSource source, ReadOnlySpan<int> positions, int epoch)
    {
        source.FillTargets(positions, epoch, _input.Targets);
        if (source.Task == DatasetTask.Numeric)
            _scale.Normalise(_input.Targets[..positions.Length]);
    }
}
