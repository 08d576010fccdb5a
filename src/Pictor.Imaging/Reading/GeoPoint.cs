namespace Pictor.Imaging;

/// <summary>A place on the earth (WGS 84, as receivers of satellite signals give it).</summary>
/// <param name="Latitude">Degrees, -90..90; north is positive.</param>
/// <param name="Longitude">Degrees, -180..180; east is positive.</param>
/// <param name="Altitude">Metres above the sea, where it is known.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude, double? Altitude = null);

/// <summary>How a picture was exposed; what the camera did not write is null.</summary>
/// <param name="Seconds">Exposure time.</param>
/// <param name="Aperture">The f-number.</param>
/// <param name="Iso">Sensitivity.</param>
/// <param name="FocalLength">Millimetres, of the lens itself.</param>
public readonly record struct Exposure(double? Seconds, double? Aperture, int? Iso, double? FocalLength);
