using System.Numerics;

namespace Pictor.Datasets.Rendering;

/// <summary>
/// Colours that have a name, each a range of hue, saturation and lightness, so that a red is never the same red; and grounds on which they show.
/// The ranges keep clear of each other: what is drawn has the name that most people would give it.
/// </summary>
internal static class Hues
{
    private sealed record Range(string Name, float HueFrom, float HueTo, float SaturationFrom, float SaturationTo, float LightFrom, float LightTo);

    private static readonly Range[] s_ranges =
    [
        new("red", -8, 4, 0.72f, 0.92f, 0.42f, 0.52f),
        new("orange", 23, 32, 0.9f, 1, 0.5f, 0.56f),
        new("yellow", 48, 55, 0.9f, 1, 0.5f, 0.58f),
        new("green", 105, 150, 0.5f, 0.75f, 0.32f, 0.44f),
        new("blue", 207, 228, 0.68f, 0.92f, 0.42f, 0.56f),
        new("purple", 270, 290, 0.45f, 0.7f, 0.42f, 0.52f),
        new("black", 0, 360, 0, 0.12f, 0.05f, 0.12f),
        new("white", 0, 360, 0, 0.2f, 0.965f, 1),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_ranges.Select(r => r.Name)];

    /// <summary>One of the colours that bear a name.</summary>
    public static Vector3 Of(string name, ref CounterRandom random)
    {
        Range range = s_ranges.First(r => r.Name == name);
        return Hsl(random.From(range.HueFrom, range.HueTo), random.From(range.SaturationFrom, range.SaturationTo), random.From(range.LightFrom, range.LightTo));
    }

    /// <summary>A ground on which the colour shows and that bears no colour's name itself: pale, or slate; for white something in between.</summary>
    public static Paint GroundFor(string name, ref CounterRandom random)
    {
        float hue = random.From(0, 360);
        bool dark = name is not ("black" or "white") && random.Below(4) == 0;
        float light = name == "white" ? random.From(0.3f, 0.6f) : dark ? random.From(0.17f, 0.24f) : random.From(0.88f, 0.95f);
        float saturation = name == "white" ? random.From(0.05f, 0.16f) : dark ? random.From(0.08f, 0.2f) : random.From(0.12f, 0.4f);
        return new Paint(Hsl(hue, saturation, Math.Min(0.97f, light + 0.03f)), Hsl(hue + random.From(-20, 20), saturation, light - 0.05f));
    }

    /// <summary>Any strong colour.</summary>
    public static Vector3 Any(ref CounterRandom random) => Hsl(random.From(0, 360), random.From(0.55f, 0.85f), random.From(0.4f, 0.58f));

    /// <summary>Hue in degrees, the others 0..1.</summary>
    public static Vector3 Hsl(float hue, float saturation, float light)
    {
        float reach = saturation * Math.Min(light, 1 - light);
        return new Vector3(Channel(0), Channel(8), Channel(4));

        float Channel(float offset)
        {
            float k = (offset + (hue / 30) + 24) % 12;
            return light - (reach * Math.Clamp(Math.Min(k - 3, 9 - k), -1, 1));
        }
    }
}
