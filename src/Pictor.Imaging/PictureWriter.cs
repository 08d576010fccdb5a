namespace Pictor.Imaging;

/// <summary>Pixels in, file bytes out.</summary>
public static class PictureWriter
{
    /// <summary>A JPEG file.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="quality">1..100.</param>
    public static byte[] Jpeg(Pixels pixels, int quality = 88) => throw new NotImplementedException();

    /// <summary>A PNG file.</summary>
    public static byte[] Png(Pixels pixels) => throw new NotImplementedException();
}
