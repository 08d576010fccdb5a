using static TorchSharp.torch;

namespace Pictor.Trainer.Torch;

/// <summary>
/// Many arrays in one piece of torch's memory, seen from both sides: torch computes on views of it, the optimisers run over it as a span.
/// Values must not be read while torch writes them.
/// </summary>
internal sealed unsafe class FlatBuffer : IDisposable
{
    private readonly Tensor _tensor;
    private readonly float* _start;

    /// <summary>Zeros.</summary>
    public FlatBuffer(int length)
    {
        Length = length;
        // One value more, so that an empty buffer has an address too.
        _tensor = zeros(length + 1, ScalarType.Float32).DetachFromDisposeScope();
        fixed (byte* start = _tensor.bytes)
            _start = (float*)start;
    }

    public int Length { get; }

    /// <summary>The values.</summary>
    public Span<float> Span => new(_start, Length);

    /// <summary>A part as torch sees it; the caller, or its dispose scope, disposes it. The memory stays this buffer's.</summary>
    /// <param name="offset">First value.</param>
    /// <param name="shape">As torch names the dimensions.</param>
    /// <param name="channelsLast">For four dimensions: the second one lies innermost.</param>
    public Tensor View(int offset, ReadOnlySpan<int> shape, bool channelsLast)
    {
        var sizes = new long[shape.Length];
        long length = 1;
        for (int i = 0; i < sizes.Length; i++)
            length *= sizes[i] = shape[i];
        using Tensor part = _tensor.narrow(0, offset, length);
        if (!channelsLast)
            return part.view(sizes);
        using Tensor last = part.view(sizes[0], sizes[2], sizes[3], sizes[1]);
        return last.permute(0, 3, 1, 2);
    }

    public void Dispose() => _tensor.Dispose();
}
