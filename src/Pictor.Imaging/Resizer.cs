namespace Pictor.Imaging;

/// <summary>How samples are weighted when a picture changes its size. All are antialiased: the filter widens with the reduction.</summary>
public enum ResizeFilter
{
    /// <summary>Triangle.</summary>
    Bilinear,

    /// <summary>Cubic convolution, a = -0.5 (Keys 1981).</summary>
    Bicubic,
}

/// <summary>Separable antialiased resampling, the same on every processor. Training, serving and thumbnails all use this one.</summary>
public static class Resizer
{
    /// <summary>The picture at exactly <paramref name="width"/> x <paramref name="height"/>.</summary>
    public static Pixels Resize(Pixels source, int width, int height, ResizeFilter filter = ResizeFilter.Bilinear) => throw new NotImplementedException();

    /// <summary>The picture shrunk so that its longer side is at most <paramref name="longSide"/>; never enlarged.</summary>
    public static Pixels Fit(Pixels source, int longSide) => throw new NotImplementedException();

    /// <summary>A copy of a part; the rectangle must lie inside.</summary>
    public static Pixels Crop(Pixels source, int x, int y, int width, int height) => throw new NotImplementedException();
}
