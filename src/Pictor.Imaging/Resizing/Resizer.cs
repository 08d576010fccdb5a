namespace Pictor.Imaging;

/// <summary>Separable antialiased resampling, the same on every processor. Training, serving and thumbnails all use this one.</summary>
/// <remarks>
/// Fixed-point arithmetic with 22 fractional bits, first along rows, then along columns, rounded to 8 bits between: results equal Pillow's
/// <c>Image.resize</c> bit for bit, on any processor and with any vector width.
/// </remarks>
public static class Resizer
{
    /// <summary>The picture at exactly <paramref name="width"/> x <paramref name="height"/>; the same object when it has that size already.</summary>
    /// <param name="source">1 or 3 channels.</param>
    /// <param name="width">1..65,535.</param>
    /// <param name="height">1..65,535.</param>
    /// <param name="filter">How samples are weighted.</param>
    /// <exception cref="ArgumentException">A size out of range, or pixels that do not fit their size.</exception>
    public static Pixels Resize(Pixels source, int width, int height, ResizeFilter filter = ResizeFilter.Bilinear)
    {
        PixelGuard.Check(source);
        PixelGuard.CheckSide(width);
        PixelGuard.CheckSide(height);
        if (source.Width == width && source.Height == height)
            return source;
        byte[] data = GC.AllocateUninitializedArray<byte>(checked(width * height * source.Channels));
        if (source.Channels == 1)
            PlaneResizer.Resize(source.Data, new PictureShape(1, source.Height, source.Width), data, height, width, filter); // whole vectors along the rows too
        else
            Resampling.Run(source, width, height, Window.Whole(width, height), filter, data);
        return new Pixels(width, height, source.Channels, data);
    }

    /// <summary>The picture shrunk so that its longer side is at most <paramref name="longSide"/>; never enlarged.</summary>
    /// <param name="source">1 or 3 channels.</param>
    /// <param name="longSide">1 or more.</param>
    /// <returns>The same object when it is small enough already.</returns>
    public static Pixels Fit(Pixels source, int longSide)
    {
        PixelGuard.Check(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(longSide, 1);
        int longer = Math.Max(source.Width, source.Height);
        if (longer <= longSide)
            return source;
        return Resize(source, Scaled(source.Width, longSide, longer), Scaled(source.Height, longSide, longer));
    }

    /// <summary>A copy of a part; the rectangle must lie inside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or leaves the picture.</exception>
    public static Pixels Crop(Pixels source, int x, int y, int width, int height)
    {
        PixelGuard.Check(source);
        if (x < 0 || y < 0 || width < 1 || height < 1 || x > source.Width - width || y > source.Height - height)
        {
            throw new ArgumentOutOfRangeException(
                nameof(x), $"The rectangle {width} x {height} at {x}, {y} does not lie inside a picture of {source.Width} x {source.Height}.");
        }

        int row = width * source.Channels;
        byte[] data = GC.AllocateUninitializedArray<byte>(row * height);
        for (int i = 0; i < height; i++)
            source.Data.AsSpan((((y + i) * source.Width) + x) * source.Channels, row).CopyTo(data.AsSpan(i * row));
        return new Pixels(width, height, source.Channels, data);
    }

    /// <summary>A side times part / whole, rounded to nearest, at least 1.</summary>
    internal static int Scaled(int side, int part, int whole) => (int)Math.Max(1, (((2L * side * part) + whole) / (2L * whole)));
}
