namespace Pictor.Imaging;

/// <summary>What a file says of itself before any pixel is decoded.</summary>
/// <param name="Format">The format, told by content.</param>
/// <param name="Width">Width of the upright picture in pixels.</param>
/// <param name="Height">Height of the upright picture in pixels.</param>
/// <param name="Orientation">EXIF orientation 1..8; 1 when there is none.</param>
/// <param name="Grey">True when the file stores a single grey channel.</param>
/// <param name="TakenAt">EXIF time of the picture without zone, with fractions of a second where the camera wrote them.</param>
/// <param name="Camera">EXIF make and model, when there is one.</param>
/// <param name="Geotagged">EXIF tells where the picture was taken.</param>
public sealed record PictureHeader(
    PictureFormat Format, int Width, int Height, int Orientation, bool Grey, DateTime? TakenAt = null, string? Camera = null, bool Geotagged = false)
{
    /// <summary>EXIF make and model of the lens, when there is one.</summary>
    public string? Lens { get; init; }

    /// <summary>Where the picture was taken; set when <see cref="Geotagged"/> is.</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>How far the camera's clock was ahead of UTC, when it wrote that.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>Exposure time, aperture, sensitivity and focal length; null when the file tells none of them.</summary>
    public Exposure? Exposure { get; init; }
}
