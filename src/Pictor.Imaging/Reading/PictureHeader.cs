namespace Pictor.Imaging;

/// <summary>What a file says of itself before any pixel is decoded.</summary>
/// <param name="Format">The format, told by content.</param>
/// <param name="Width">Width of the upright picture in pixels.</param>
/// <param name="Height">Height of the upright picture in pixels.</param>
/// <param name="Orientation">EXIF orientation 1..8; 1 when there is none.</param>
/// <param name="Grey">True when the file stores a single grey channel.</param>
/// <param name="TakenAt">EXIF time of the picture without zone, when there is one.</param>
/// <param name="Camera">EXIF make and model, when there is one.</param>
/// <param name="Geotagged">EXIF tells where the picture was taken.</param>
public sealed record PictureHeader(
    PictureFormat Format, int Width, int Height, int Orientation, bool Grey, DateTime? TakenAt = null, string? Camera = null, bool Geotagged = false);
