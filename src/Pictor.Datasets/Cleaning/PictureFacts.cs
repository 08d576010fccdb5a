using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>What is measured of one picture.</summary>
/// <param name="Width">Of the upright picture, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Format">Told by content; unknown for raw pixels.</param>
/// <param name="Deviation">As in <see cref="LumaFacts"/>.</param>
/// <param name="Dark">Likewise.</param>
/// <param name="Bright">Likewise.</param>
/// <param name="Entropy">Likewise.</param>
/// <param name="Sharpness">Likewise.</param>
public readonly record struct PictureFacts(int Width, int Height, PictureFormat Format, double Deviation, double Dark, double Bright, double Entropy, double Sharpness)
{
    /// <summary>Measures.</summary>
    /// <param name="header">The picture's own size and format.</param>
    /// <param name="pixels">Decoded, perhaps shrunk while reading.</param>
    public static PictureFacts Of(PictureHeader header, Pixels pixels)
    {
        LumaFacts luma = LumaFacts.Of(pixels);
        return new PictureFacts(header.Width, header.Height, header.Format, luma.Deviation, luma.Dark, luma.Bright, luma.Entropy, luma.Sharpness);
    }
}
