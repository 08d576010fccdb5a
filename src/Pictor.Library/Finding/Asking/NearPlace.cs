using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Collecting;
using Pictor.Library.Facts;

namespace Pictor.Library.Finding.Asking;

/// <summary>The filter near: a place by its coordinates, or where a picture of the library was taken, and how far around it.</summary>
internal static partial class NearPlace
{
    /// <summary>Kilometres, where nothing else is said: a town.</summary>
    private const double Around = 5;

    private const double Mile = 1.609344;

    /// <summary>Half way round the earth.</summary>
    private const double Farthest = 20_038;

    private const double KilometresPerDegree = Math.PI / 180 * GeoDistance.Radius;

    /// <summary>The question for the pictures taken there.</summary>
    internal static string Sql(SqliteConnection connection, FilterValue value, string folded, string what, Func<object?, string> parameter)
    {
        (string text, double radius) = Radius(value, folded, what);
        GeoPoint place = PictureId().IsMatch(text) ? Of(connection, value, text, what)
            : PlaceWord.TryParse(text, out GeoPoint parsed) ? parsed
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no place",
                "Write degrees of latitude and longitude, with a distance where 5 km are not meant: near:48.86,2.35 or near:33.86S,151.21E,20km; or the id of a picture.");

        // The index finds the rectangle, the haversine formula what is within the circle. Degrees of longitude become shorter towards the poles and go round.
        double up = radius / KilometresPerDegree, south = place.Latitude - up, north = place.Latitude + up;
        double across = north >= 90 || south <= -90 ? 180 : Math.Min(180, up / Math.Cos(Math.Max(Math.Abs(south), Math.Abs(north)) * Math.PI / 180));
        double west = place.Longitude - across, east = place.Longitude + across;
        string latitude = parameter(place.Latitude), longitude = parameter(place.Longitude);
        string between = across >= 180 ? "1"
            : west < -180 ? $"(m.longitude <= {parameter(east)} OR m.longitude >= {parameter(west + 360)})"
            : east > 180 ? $"(m.longitude >= {parameter(west)} OR m.longitude <= {parameter(east - 360)})"
            : $"m.longitude BETWEEN {parameter(west)} AND {parameter(east)}";
        return $"""
            SELECT m.picture FROM metadata m WHERE m.latitude BETWEEN {parameter(south)} AND {parameter(north)} AND {between}
                AND {parameter(2 * GeoDistance.Radius)} * asin(min(1, sqrt(pow(sin(radians(m.latitude - {latitude}) / 2), 2)
                    + cos(radians({latitude})) * cos(radians(m.latitude)) * pow(sin(radians(m.longitude - {longitude}) / 2), 2)))) <= {parameter(radius)}
                AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.picture = m.picture AND f.fact >= 'place:' AND f.fact < 'place;' AND f.rejected = 1)
            """;
    }

    private static (string Place, double Kilometres) Radius(FilterValue value, string folded, string what)
    {
        Match match = WithRadius().Match(folded);
        if (!match.Success)
            return (folded, Around);
        double number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        double kilometres = match.Groups["unit"].Value switch { "m" or "米" => number / 1000, "mi" or "英里" => number * Mile, _ => number };
        return kilometres is > 0 and <= Farthest
            ? (match.Groups["place"].Value, kilometres)
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no distance on earth", "Write a distance of up to 20038 km, such as near:48.86,2.35,20km.");
    }

    private static GeoPoint Of(SqliteConnection connection, FilterValue value, string id, string what)
    {
        (double? Latitude, double? Longitude)[] found = [.. connection.Query<(double?, double?)>(
            "SELECT m.latitude, m.longitude FROM pictures p LEFT JOIN metadata m ON m.picture = p.row WHERE p.id = @id AND p.hidden = 0", new { id })];
        return found switch
        {
            [({ } latitude, { } longitude)] => new GeoPoint(latitude, longitude),
            [_] => throw QuestionParser.Fault(what, value.At, $"picture {id} tells no place", "Name another picture, or give coordinates: near:48.86,2.35."),
            _ => throw QuestionParser.Fault(what, value.At, $"there is no picture {id}", "Ids are 16 hex digits; list the pictures to see them."),
        };
    }

    [GeneratedRegex("^(?<place>.+?) ?, ?(?<number>[0-9]{1,6}([.][0-9]{1,3})?) ?(?<unit>km|m|mi|公里|千米|米|英里)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithRadius();

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PictureId();
}
