using System.Globalization;

namespace Pictor.Imaging;

/// <summary>
/// The EXIF values that Pictor needs (Exif 2.32, section 4.6), read by <see cref="ExifBlock"/>. A block that makes no sense yields the defaults: metadata never
/// stops a picture.
/// </summary>
internal readonly record struct ExifFacts(int Orientation, DateTime? TakenAt, string? Camera, GeoPoint? Place)
{
    private const ushort Make = 0x010F, Model = 0x0110, OrientationTag = 0x0112, Changed = 0x0132, ExifDirectory = 0x8769, PlaceDirectory = 0x8825;

    private const ushort ExposureTime = 0x829A, FNumber = 0x829D, Sensitivity = 0x8827, Taken = 0x9003, ChangedOffset = 0x9010, TakenOffset = 0x9011,
        FocalLength = 0x920A, ChangedFraction = 0x9290, TakenFraction = 0x9291, LensMake = 0xA433, LensModel = 0xA434;

    private const ushort LatitudeSide = 1, Latitude = 2, LongitudeSide = 3, Longitude = 4, AltitudeSide = 5, Altitude = 6;

    internal static ExifFacts None { get; } = new(1, null, null, null);

    internal string? Lens { get; private init; }

    internal TimeSpan? UtcOffset { get; private init; }

    internal Exposure? Exposure { get; private init; }

    internal static ExifFacts Read(ReadOnlySpan<byte> block)
    {
        if (!ExifBlock.TryOpen(block, out ExifBlock tiff))
            return None;
        uint first = tiff.First;
        int orientation = tiff.Number(first, OrientationTag) is >= 1 and <= 8 and var o ? (int)o : 1;
        string? camera = Name(tiff.Text(first, Make), tiff.Text(first, Model));
        GeoPoint? place = tiff.Number(first, PlaceDirectory) is { } p ? PlaceOf(tiff, (uint)p) : null;
        if (tiff.Number(first, ExifDirectory) is not { } sub)
            return new ExifFacts(orientation, Time(tiff.Text(first, Changed), null), camera, place);

        uint exif = (uint)sub;
        DateTime? taken = Time(tiff.Text(exif, Taken), tiff.Text(exif, TakenFraction));
        return new ExifFacts(orientation, taken ?? Time(tiff.Text(first, Changed), tiff.Text(exif, ChangedFraction)), camera, place)
        {
            Lens = Name(tiff.Text(exif, LensMake), tiff.Text(exif, LensModel)),
            UtcOffset = Offset(tiff.Text(exif, taken is null ? ChangedOffset : TakenOffset)),
            Exposure = ExposureOf(tiff, exif),
        };
    }

    // Cameras without a fix write zeros or nothing; at latitude 0, longitude 0 there is only sea.
    private static GeoPoint? PlaceOf(ExifBlock tiff, uint directory)
    {
        if (tiff.Degrees(directory, Latitude) is not { } latitude || tiff.Degrees(directory, Longitude) is not { } longitude
            || latitude is < 0 or > 90 || longitude is < 0 or > 180 || (latitude == 0 && longitude == 0))
            return null;
        double? altitude = tiff.Fraction(directory, Altitude) is { } metres and < 100_000 ? (tiff.Number(directory, AltitudeSide) == 1 ? -metres : metres) : null;
        return new GeoPoint(
            IsSide(tiff.Text(directory, LatitudeSide), 'S') ? -latitude : latitude,
            IsSide(tiff.Text(directory, LongitudeSide), 'W') ? -longitude : longitude,
            altitude);
    }

    private static bool IsSide(string? text, char side) => text is { Length: > 0 } && char.ToUpperInvariant(text[0]) == side;

    private static Exposure? ExposureOf(ExifBlock tiff, uint exif)
    {
        var exposure = new Exposure(
            Positive(tiff.Fraction(exif, ExposureTime)),
            Positive(tiff.Fraction(exif, FNumber)),
            tiff.Number(exif, Sensitivity) is > 0 and <= int.MaxValue and var iso ? (int)iso : null,
            Positive(tiff.Fraction(exif, FocalLength)));
        return exposure == default ? null : exposure;
    }

    private static double? Positive(double? value) => value > 0 ? value : null;

    // The fraction is text of its own: "07" is seven hundredths.
    private static DateTime? Time(string? text, string? fraction)
    {
        if (!DateTime.TryParseExact(text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            return null;
        return fraction is { Length: >= 1 and <= 9 } && fraction.All(char.IsAsciiDigit) && time.Year < 9999
            ? time.AddMilliseconds(Math.Floor(1000 * double.Parse("0." + fraction, CultureInfo.InvariantCulture)))
            : time;
    }

    private static TimeSpan? Offset(string? text) =>
        text is { Length: 6 } && text[0] is '+' or '-' && TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) && offset <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -offset : offset
            : null;

    // Most makers repeat their name at the start of the model: "Canon" + "Canon EOS 5D".
    private static string? Name(string? make, string? model) =>
        string.IsNullOrEmpty(model) ? (string.IsNullOrEmpty(make) ? null : make)
        : string.IsNullOrEmpty(make) || model.StartsWith(make, StringComparison.OrdinalIgnoreCase) ? model
        : $"{make} {model}";
}
