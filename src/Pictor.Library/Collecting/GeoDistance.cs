using Pictor.Imaging;

namespace Pictor.Library.Collecting;

/// <summary>How far places are apart, on a sphere.</summary>
internal static class GeoDistance
{
    /// <summary>Kilometres; the mean radius of the earth.</summary>
    internal const double Radius = 6371.0;

    private const double Degree = Math.PI / 180;

    /// <summary>Kilometres along the great circle, by the haversine formula, which is exact for small distances too.</summary>
    internal static double Between(GeoPoint a, GeoPoint b)
    {
        double north = Math.Sin((b.Latitude - a.Latitude) * Degree / 2), east = Math.Sin((b.Longitude - a.Longitude) * Degree / 2);
        return 2 * Radius * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(a.Latitude * Degree) * Math.Cos(b.Latitude * Degree) * east * east))));
    }

    /// <summary>The one of some places that is nearest to the middle of all; the middle itself may lie in the sea.</summary>
    internal static GeoPoint? Middle(IReadOnlyCollection<GeoPoint> places)
    {
        if (places.Count == 0)
            return null;
        (double x, double y, double z) = (0, 0, 0);
        foreach (GeoPoint place in places)
        {
            (double latitude, double longitude) = (place.Latitude * Degree, place.Longitude * Degree);
            x += Math.Cos(latitude) * Math.Cos(longitude);
            y += Math.Cos(latitude) * Math.Sin(longitude);
            z += Math.Sin(latitude);
        }

        var middle = new GeoPoint(Math.Atan2(z, Math.Sqrt((x * x) + (y * y))) / Degree, Math.Atan2(y, x) / Degree);
        return places.MinBy(place => Between(place, middle));
    }
}
