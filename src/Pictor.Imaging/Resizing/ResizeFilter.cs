namespace Pictor.Imaging;

/// <summary>How samples are weighted when a picture changes its size. All are antialiased: the filter widens with the reduction.</summary>
public enum ResizeFilter
{
    /// <summary>Triangle.</summary>
    Bilinear,

    /// <summary>Cubic convolution, a = -0.5 (Keys 1981).</summary>
    Bicubic,
}
