using System.Globalization;
using System.Text.RegularExpressions;
using Pictor.Imaging;

namespace Pictor.Library.Facts;

/// <summary>
/// Places as words. Pictor knows no names of places, but a place can be asked for by its coordinates, as maps give them: <c>48.858,2.294</c>, and <c>33.86S,151.21E</c>, for a minus in front leaves a word out. The fact itself is kept to two
/// decimals, about a kilometre, and read back in the forms in which it is shown.
/// </summary>
internal static partial class PlaceWord
{
    /// <summary>Degrees of latitude within which pictures count as taken there: about five kilometres.</summary>
    internal const double Nearby = 0.05;

    internal static string IdOf(GeoPoint place) => string.Create(CultureInfo.InvariantCulture, $"{Fact.PlacePrefix}{place.Latitude:0.00},{place.Longitude:0.00}");

    internal static (string English, string Chinese) NameOf(GeoPoint place)
    {
        double latitude = Math.Abs(place.Latitude), longitude = Math.Abs(place.Longitude);
        return (
            string.Create(CultureInfo.InvariantCulture, $"{latitude:0.00}° {(place.Latitude < 0 ? 'S' : 'N')}, {longitude:0.00}° {(place.Longitude < 0 ? 'W' : 'E')}"),
            string.Create(CultureInfo.InvariantCulture, $"{(place.Latitude < 0 ? "南" : "北")}纬{latitude:0.00}°，{(place.Longitude < 0 ? "西" : "东")}经{longitude:0.00}°"));
    }

    /// <summary>From a folded word.</summary>
    internal static bool TryParse(string key, out GeoPoint place)
    {
        place = default;
        Match match = Decimal().Match(key) is { Success: true } plain ? plain : English().Match(key) is { Success: true } english ? english : Chinese().Match(key);
        if (!match.Success)
            return false;
        double latitude = Number("latitude"), longitude = Number("longitude");
        if (latitude is < -90 or > 90 || longitude is < -180 or > 180)
            return false;
        place = new GeoPoint(match.Groups["ns"].Value is "s" or "南" ? -latitude : latitude, match.Groups["ew"].Value is "w" or "西" ? -longitude : longitude);
        return true;

        double Number(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^(?<latitude>[-+]?[0-9]{1,2}([.][0-9]{1,9})?) ?, ?(?<longitude>[-+]?[0-9]{1,3}([.][0-9]{1,9})?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decimal();

    [GeneratedRegex("^(?<latitude>[0-9]{1,2}([.][0-9]{1,9})?)°? ?(?<ns>[ns]) ?,? ?(?<longitude>[0-9]{1,3}([.][0-9]{1,9})?)°? ?(?<ew>[ew])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex English();

    [GeneratedRegex("^(?<ns>[北南])纬(?<latitude>[0-9]{1,2}([.][0-9]{1,9})?)°?[,、]? ?(?<ew>[东西])经(?<longitude>[0-9]{1,3}([.][0-9]{1,9})?)°?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese();
}
