namespace Pictor.Imaging;

/// <summary>A file format told by its first bytes, never by its name.</summary>
public enum PictureFormat
{
    /// <summary>None of the formats that Pictor reads.</summary>
    Unknown,

    /// <summary>JPEG (JFIF, EXIF).</summary>
    Jpeg,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>WebP, lossy or lossless; first frame of an animation.</summary>
    WebP,

    /// <summary>GIF, first frame.</summary>
    Gif,

    /// <summary>TIFF, first page.</summary>
    Tiff,

    /// <summary>HEIF, as phones write it (HEIC); decoded by the system's libheif.</summary>
    Heif,

    /// <summary>AVIF; decoded by the system's libheif.</summary>
    Avif,
}
