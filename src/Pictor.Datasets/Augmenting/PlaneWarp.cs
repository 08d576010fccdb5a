using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Moves the pixels of a picture. Outside it the edge is repeated or mirrored: a black border would be a mark that only training pictures carry.</summary>
internal static class PlaneWarp
{
    /// <param name="planes">[channels, height, width].</param>
    /// <param name="target">The same shape; must not overlap.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="map">Where each pixel comes from.</param>
    /// <param name="padding">What stands outside.</param>
    public static void Apply(ReadOnlySpan<byte> planes, Span<byte> target, PictureShape shape, Affine map, PaddingMode padding)
    {
        if (!map.IsWholeShift)
        {
            AffineWarp.Apply(planes, target, shape, map, padding);
            return;
        }

        int area = shape.Height * shape.Width;
        bool flip = map.A < 0;
        for (int c = 0; c < shape.Channels; c++)
            Shift(planes.Slice(c * area, area), target.Slice(c * area, area), shape.Width, shape.Height, (int)map.C, (int)map.F, flip, padding);
    }

    /// <summary>target[y, x] = source[y + dy, x + dx], mirrored when <paramref name="flip"/>.</summary>
    public static void Shift(ReadOnlySpan<byte> source, Span<byte> target, int width, int height, int dx, int dy, bool flip, PaddingMode padding)
    {
        // Beyond a whole picture nothing but padding is left.
        int shift = Math.Clamp(dx, -width, width);
        int first = Math.Clamp(-shift, 0, width), last = Math.Clamp(width - shift, 0, width);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = source.Slice(Inside(y + dy, height, padding) * width, width);
            Span<byte> to = target.Slice(y * width, width);
            from[(first + shift)..(last + shift)].CopyTo(to[first..last]);
            for (int x = 0; x < first; x++)
                to[x] = from[Inside(x + dx, width, padding)];
            for (int x = last; x < width; x++)
                to[x] = from[Inside(x + dx, width, padding)];
            if (flip)
                to.Reverse();
        }
    }

    /// <summary>The place inside 0 .. <paramref name="count"/> - 1 that stands for <paramref name="at"/>; mirrored at most once, then the edge.</summary>
    private static int Inside(int at, int count, PaddingMode padding)
    {
        if (padding == PaddingMode.Reflect)
        {
            at = Math.Abs(at);
            at = Math.Min(at, (2 * (count - 1)) - at);
        }

        return Math.Clamp(at, 0, count - 1);
    }
}
