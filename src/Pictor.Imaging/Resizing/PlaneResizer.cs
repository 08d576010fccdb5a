using System.Buffers;

namespace Pictor.Imaging;

/// <summary>The resampling of <see cref="Resizer"/> for pictures that are kept plane by plane; equal bit for bit.</summary>
public static class PlaneResizer
{
    /// <summary>Writes the planes at another size, without allocating. Safe from several threads.</summary>
    /// <param name="planes">[channels, height, width] of <paramref name="shape"/>.</param>
    /// <param name="shape">Any number of channels.</param>
    /// <param name="target">[channels, <paramref name="height"/>, <paramref name="width"/>]; must not overlap.</param>
    /// <param name="height">1..65,535.</param>
    /// <param name="width">1..65,535.</param>
    /// <param name="filter">How samples are weighted.</param>
    /// <exception cref="ArgumentException">A size out of range, or spans that do not fit.</exception>
    public static void Resize(ReadOnlySpan<byte> planes, PictureShape shape, Span<byte> target, int height, int width, ResizeFilter filter)
    {
        PixelGuard.CheckSide(width);
        PixelGuard.CheckSide(height);
        int from = shape.Height * shape.Width, to = height * width;
        if (planes.Length != shape.Length)
            throw new ArgumentException($"{planes.Length} bytes are no picture of {shape}.", nameof(planes));
        if (target.Length < shape.Channels * to)
            throw new ArgumentException($"{target.Length} bytes have no room for {shape.Channels} planes of {width} x {height}.", nameof(target));
        using Weights rows = Weights.For(shape.Width, width, 0, width, filter);
        using Weights columns = Weights.For(shape.Height, height, 0, height, filter);
        int rest = shape.Height * width;
        byte[] scratch = ArrayPool<byte>.Shared.Rent(from + (2 * rest));
        Span<byte> turned = scratch.AsSpan(0, from), narrowed = scratch.AsSpan(from, rest), across = scratch.AsSpan(from + rest, rest);
        for (int c = 0; c < shape.Channels; c++)
        {
            // Sums down columns run over whole vectors, sums along rows do not: so the picture is turned for the first pass.
            ReadOnlySpan<byte> source = planes.Slice(c * from, from);
            if (width == shape.Width)
            {
                source.CopyTo(across);
            }
            else
            {
                Transposition.Run(source, shape.Height, shape.Width, turned);
                Columns(turned, shape.Height, rows, narrowed, width);
                Transposition.Run(narrowed, width, shape.Height, across);
            }

            Span<byte> plane = target.Slice(c * to, to);
            if (height == shape.Height)
                across.CopyTo(plane);
            else
                Columns(across, width, columns, plane, height);
        }

        ArrayPool<byte>.Shared.Return(scratch);
    }

    private static void Columns(ReadOnlySpan<byte> source, int stride, in Weights weights, Span<byte> target, int count)
    {
        for (int y = 0; y < count; y++)
            VerticalPass.Row(source[(weights.First(y) * stride)..], stride, weights.Of(y), target.Slice(y * stride, stride));
    }
}
