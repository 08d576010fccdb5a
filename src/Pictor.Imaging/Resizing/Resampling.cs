using System.Buffers;

namespace Pictor.Imaging;

/// <summary>Two passes of weighted sums: along the rows, then along the columns. A pass whose size does not change is skipped.</summary>
internal static class Resampling
{
    /// <param name="source">The picture.</param>
    /// <param name="width">Width that the whole picture would get.</param>
    /// <param name="height">Height that the whole picture would get.</param>
    /// <param name="window">The part of that which is wanted.</param>
    /// <param name="filter">How samples are weighted.</param>
    /// <param name="target">[window height, window width, channels].</param>
    internal static void Run(Pixels source, int width, int height, Window window, ResizeFilter filter, Span<byte> target)
    {
        using Weights rows = Weights.For(source.Width, width, window.X, window.Width, filter);
        using Weights columns = Weights.For(source.Height, height, window.Y, window.Height, filter);
        (int top, _) = columns.Span(0);
        (int last, int lastCount) = columns.Span(window.Height - 1);
        int needed = last + lastCount - top;
        int stride = window.Width * source.Channels;
        if (height == source.Height)
        {
            HorizontalPass.Run(source, width, window.X, window.Y, window.Height, rows, target, window.Width);
            return;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(needed * stride);
        try
        {
            HorizontalPass.Run(source, width, window.X, top, needed, rows, scratch, window.Width);
            for (int y = 0; y < window.Height; y++)
            {
                (int first, _) = columns.Span(y);
                VerticalPass.Row(scratch.AsSpan((first - top) * stride), stride, columns.Of(y), target.Slice(y * stride, stride));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
