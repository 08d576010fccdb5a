using System.Runtime.InteropServices;
using Pictor.Imaging;
using static TorchSharp.torch;

namespace Pictor.Trainer.Torch;

/// <summary>
/// The input of a batch and what is known of it, allocated once: filled as planes, seen by torch with channels innermost where the network has
/// convolutions. One grey channel lies the same in both orders, so only colour pictures are copied once more.
/// </summary>
internal sealed class PictureTensor : IDisposable
{
    private readonly FlatBuffer _planes;
    private readonly FlatBuffer? _turned;
    private readonly FlatBuffer _targets;
    private readonly FlatBuffer _soft;
    private readonly Tensor _classes;
    private readonly PictureShape _shape;
    private readonly int _outputs;
    private readonly bool _channelsLast;

    public PictureTensor(PictureShape shape, int outputs, int batch, bool channelsLast)
    {
        (_shape, _outputs, _channelsLast, Batch) = (shape, outputs, channelsLast, batch);
        _planes = new FlatBuffer(checked(batch * shape.Length));
        _turned = channelsLast && shape.Channels > 1 ? new FlatBuffer(batch * shape.Length) : null;
        _targets = new FlatBuffer(checked(batch * outputs));
        _soft = new FlatBuffer(batch * outputs);
        _classes = zeros(batch, ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Most pictures that fit.</summary>
    public int Batch { get; }

    /// <summary>[batch, channels, height, width], to be filled.</summary>
    public Span<float> Planes => _planes.Span;

    /// <summary>[batch], to be filled.</summary>
    public Span<long> Classes => MemoryMarshal.Cast<byte, long>(_classes.bytes);

    /// <summary>[batch, outputs], to be filled.</summary>
    public Span<float> Targets => _targets.Span;

    /// <summary>[batch, outputs], to be filled: what a teacher says.</summary>
    public Span<float> Soft => _soft.Span;

    /// <summary>The first pictures as torch takes them; the caller's scope owns them.</summary>
    public Tensor TakePictures(int count)
    {
        int[] shape = [count, _shape.Channels, _shape.Height, _shape.Width];
        Tensor pictures = _planes.View(0, shape, channelsLast: _channelsLast && _turned is null);
        if (_turned is not null)
        {
            Tensor turned = _turned.View(0, shape, channelsLast: true);
            turned.copy_(pictures);
            pictures = turned;
        }

        return pictures;
    }

    /// <summary>[count]; the caller's scope owns it.</summary>
    public Tensor TakeClasses(int count) => _classes.narrow(0, 0, count);

    /// <summary>[count, outputs]; the caller's scope owns it.</summary>
    public Tensor TakeTargets(int count) => _targets.View(0, [count, _outputs], channelsLast: false);

    /// <summary>[count, outputs]; the caller's scope owns it.</summary>
    public Tensor TakeSoft(int count) => _soft.View(0, [count, _outputs], channelsLast: false);

    public void Dispose()
    {
        _planes.Dispose();
        _turned?.Dispose();
        _targets.Dispose();
        _soft.Dispose();
        _classes.Dispose();
    }
}
