using System.Globalization;
using Pictor.Imaging;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Facts;

/// <summary>
/// What the header and the pixels, decoded already and perhaps shrunk, tell without a model. Bounds are absolute and lean towards saying nothing: a fact that is not there is missed
/// once, a wrong one annoys at each search.
/// </summary>
internal static class FactFinder
{
    // Pixels: 98 % darker than this; the bound of 'dataset clean'.
    private const double DarkBelow = 70;

    // At night lamps are bright: 85 % darker than this will do.
    private const double NightBelow = 45;

    // 'dataset clean' calls a picture blurry below -1.6 if it is also far from its set; alone, the bound must be stricter.
    private const double BlurryBelow = -2.2;

    // Blur of a picture that was decoded smaller than this is not to be seen.
    private const int SideForSharpness = 160;

    // Skies, lawns and shirts fill a fifth; walls, shadows and earth fill a third of anything.
    private const double ColourShare = 0.2, PlainColourShare = 0.35;

    private const double AllColourless = 0.99;

    private static readonly (int Long, int Short)[] s_screens =
    [
        (1024, 768), (1280, 720), (1280, 800), (1280, 1024), (1334, 750), (1366, 768), (1440, 900), (1600, 900), (1600, 1200), (1680, 1050), (1792, 828), (1920, 1080), (1920, 1200),
        (2048, 1536), (2160, 1080), (2208, 1242), (2224, 1668), (2244, 1080), (2256, 1504), (2280, 1080), (2300, 1080), (2304, 1440), (2340, 1080), (2360, 1640), (2388, 1668), (2400, 1080),
        (2408, 1080), (2412, 1080), (2436, 1125), (2532, 1170), (2556, 1179), (2560, 1080), (2560, 1440), (2560, 1600), (2622, 1206), (2688, 1242), (2712, 1220), (2732, 2048), (2736, 1824),
        (2778, 1284), (2796, 1290), (2868, 1320), (2880, 1800), (3000, 2000), (3024, 1964), (3120, 1440), (3200, 1440), (3200, 1800), (3440, 1440), (3456, 2234), (3840, 2160), (5120, 2880),
    ];

    internal static IReadOnlyList<Fact> Of(PictureHeader header, Pixels pixels)
    {
        var facts = new List<Fact>();
        if (header.TakenAt is { } taken)
            facts.AddRange(OfTime(taken));
        if (header.Camera is { } camera)
            facts.Add(new Fact(Fact.CameraPrefix + TextKey.WellFormed(camera).Trim()));
        if (header.Lens is { } lens && TextKey.WellFormed(lens).Trim() is { Length: > 0 } plain)
            facts.Add(new Fact(Fact.LensPrefix + plain));
        if (header.Geotagged)
            facts.Add(new Fact("geotagged"));
        if (header.Place is { } place)
            facts.Add(new Fact(PlaceWord.IdOf(place)));
        facts.Add(new Fact(header.Width == header.Height ? "square-format" : header.Width > header.Height ? "landscape-format" : "portrait-format"));
        if (header.Width >= 2 * header.Height)
            facts.Add(new Fact("panorama"));

        LumaFacts luma = LumaFacts.Of(pixels);
        facts.AddRange(OfColours(ColourShares.Of(pixels)));
        if (luma.Bright < DarkBelow || luma.Mostly < NightBelow)
            facts.Add(new Fact("dark"));
        if (luma.Sharpness < BlurryBelow && luma.Deviation >= 10 && Math.Max(pixels.Width, pixels.Height) >= SideForSharpness)
            facts.Add(new Fact("blurry"));
        if (IsScreenshot(header, pixels))
            facts.Add(new Fact("screenshot"));
        return facts;
    }

    /// <summary>Seasons by the months of the northern hemisphere; the time of day by the clock of the camera.</summary>
    internal static IEnumerable<Fact> OfTime(DateTime taken)
    {
        yield return new Fact(Fact.YearPrefix + taken.Year.ToString(CultureInfo.InvariantCulture));
        yield return new Fact("month-" + taken.Month.ToString(CultureInfo.InvariantCulture));
        yield return new Fact(taken.Month switch { >= 3 and <= 5 => "spring", >= 6 and <= 8 => "summer", >= 9 and <= 11 => "autumn", _ => "winter" });
        yield return new Fact(taken.Hour switch { >= 5 and < 12 => "morning", >= 12 and < 17 => "afternoon", >= 17 and < 21 => "evening", _ => "night" });
    }

    private static IEnumerable<Fact> OfColours(ColourShares colours)
    {
        if (colours.WithoutColour >= AllColourless)
        {
            // Its greys say nothing more.
            yield return new Fact("black-and-white");
            yield break;
        }

        foreach (NamedColour colour in Enum.GetValues<NamedColour>().Where(c => c != NamedColour.None))
        {
            bool plain = colour is NamedColour.Black or NamedColour.Grey or NamedColour.White or NamedColour.Brown;
            if (colours[colour] >= (plain ? PlainColourShare : ColourShare))
                yield return new Fact(colour.ToString().ToLowerInvariant(), Math.Round(colours[colour], 3));
        }
    }

    // A screen writes PNG without EXIF. At the size of a screen some even areas are enough (a photograph as wallpaper has few); at another size, a window, most of it must be even.
    private static bool IsScreenshot(PictureHeader header, Pixels pixels)
    {
        if (header.Format != PictureFormat.Png || header.Camera is not null || header.TakenAt is not null)
            return false;
        int longer = Math.Max(header.Width, header.Height), shorter = Math.Min(header.Width, header.Height);
        bool screen = Array.Exists(s_screens, s => s == (longer, shorter));
        return (screen || (shorter >= 600 && longer != shorter)) && FlatAreas.ShareOf(pixels) >= (screen ? 0.15 : 0.6);
    }
}
