using Pictor.Imaging;
using static TorchSharp.torch;

namespace Pictor.Trainer.Torch;

/// <summary>
/// The input of a batch, allocated once: filled as planes, seen by torch with channels innermost where the network has convolutions.
/// One grey channel lies the same in both orders, so only colour pictures are copied once more.
/// </summary>
internal sealed class PictureTensor : IDisposable
{
    private readonly FlatBuffer _planes;
    private readonly FlatBuffer? _turned;
    private readonly Tensor _classes;
    private readonly PictureShape _shape;
    private readonly bool _channelsLast;

    public PictureTensor(PictureShape shape, int batch, bool channelsLast)
    {
        (_shape, _channelsLast, Batch) = (shape, channelsLast, batch);
        _planes = new FlatBuffer(checked(batch * shape.Length));
        _turned = channelsLast && shape.Channels > 1 ? new FlatBuffer(batch * shape.Length) : null;
        _classes = zeros(batch, ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Most pictures that fit.</summary>
    public int Batch { get; }

    /// <summary>[batch, channels, height, width], to be filled.</summary>
    public Span<float> Planes => _planes.Span;

    /// <summary>[batch], to be filled.</summary>
    public Span<long> Classes => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(_classes.bytes);

    /// <summary>The first pictures as torch takes them; the caller's scope owns both.</summary>
    public (Tensor Pictures, Tensor Classes) Take(int count)
    {
        int[] shape = [count, _shape.Channels, _shape.Height, _shape.Width];
        Tensor pictures = _planes.View(0, shape, channelsLast: _channelsLast && _turned is null);
        if (_turned is not null)
        {
            Tensor turned = _turned.View(0, shape, channelsLast: true);
            turned.copy_(pictures);
            pictures = turned;
        }

        return (pictures, _classes.narrow(0, 0, count));
    }

    public void Dispose()
    {
        _planes.Dispose();
        _turned?.Dispose();
        _classes.Dispose();
    }
}
