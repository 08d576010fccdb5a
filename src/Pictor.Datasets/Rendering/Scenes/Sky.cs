using System.Numerics;

namespace Pictor.Datasets.Rendering.Scenes;

/// <summary>What stands in a sky, which may be that of a day or of a night.</summary>
internal enum Light
{
    /// <summary>A day without a sun to be seen.</summary>
    Day,

    /// <summary>A day with the sun.</summary>
    Sun,

    /// <summary>A night with the moon and small stars.</summary>
    Moon,
}

/// <summary>Sky, sun, moon and clouds.</summary>
internal static class Sky
{
    /// <summary>Paints the sky over everything; sun or moon stand to the side that is given, above what comes later.</summary>
    /// <returns>The tags that this light brings.</returns>
    public static IReadOnlyList<string> Draw(Canvas canvas, Light light, int side, ref CounterRandom random)
    {
        var place = new Vector2(0.5f + (side * random.From(0.24f, 0.36f)), random.From(0.13f, 0.22f));
        if (light == Light.Moon)
        {
            Night(canvas, place, ref random);
            return ["moon", "night"];
        }

        bool evening = light == Light.Sun && random.Percent(25);
        float hue = random.From(196, 215);
        canvas.Ground(evening
            ? new Paint(Hues.Hsl(random.From(215, 250), 0.4f, 0.6f), Hues.Hsl(random.From(20, 38), 0.85f, 0.76f), 0, 0.7f)
            : new Paint(Hues.Hsl(hue, random.From(0.5f, 0.75f), random.From(0.64f, 0.74f)), Hues.Hsl(hue, 0.6f, 0.9f), 0, 0.75f));
        if (light == Light.Sun)
            Sun(canvas, place, ref random);
        int clouds = random.Below(3);
        for (int i = 0; i < clouds; i++)
            Cloud(canvas, new Vector2(0.5f - (side * random.From(-0.05f, 0.42f)), random.From(0.08f, 0.3f)), random.From(0.05f, 0.085f), ref random);
        return light == Light.Sun ? ["sun"] : [];
    }

    private static void Sun(Canvas canvas, Vector2 at, ref CounterRandom random)
    {
        float radius = random.From(0.065f, 0.095f);
        Vector3 colour = Hues.Hsl(random.From(43, 52), 1, random.From(0.55f, 0.62f));
        canvas.Glow(at, radius * 3.2f, Hues.Hsl(50, 1, 0.8f), 0.7f);
        if (random.Percent(50))
        {
            for (int i = 0; i < 12; i++)
            {
                (float sin, float cos) = MathF.SinCos(i * MathF.Tau / 12);
                var ray = new Vector2(cos, sin);
                canvas.Stroke([at + (ray * radius * 1.3f), at + (ray * radius * 1.65f)], 0.014f, colour);
            }
        }

        canvas.Fill(Outlines.Circle.At(at.X, at.Y, radius), colour);
    }

    private static void Night(Canvas canvas, Vector2 at, ref CounterRandom random)
    {
        float hue = random.From(220, 250);
        canvas.Ground(new Paint(Hues.Hsl(hue, 0.55f, random.From(0.1f, 0.16f)), Hues.Hsl(hue, 0.45f, random.From(0.26f, 0.36f)), 0, 0.8f));
        for (int i = 0; i < 26; i++)
            canvas.Fill(Outlines.Circle.At(random.From(0, 1), random.From(0, 0.55f), random.From(0.002f, 0.0055f)), Hues.Hsl(50, 0.5f, 0.92f), 0.9f);
        float radius = random.From(0.075f, 0.105f);
        Vector3 colour = Hues.Hsl(random.From(46, 56), 0.75f, random.From(0.82f, 0.9f));
        canvas.Glow(at, radius * 2.8f, colour, 0.4f);
        if (random.Percent(30))
        {
            canvas.Fill(Outlines.Circle.At(at.X, at.Y, radius), colour);
            foreach ((float x, float y, float size) in ((float, float, float)[])[(-0.3f, -0.25f, 0.2f), (0.35f, 0.1f, 0.26f), (-0.15f, 0.45f, 0.16f)])
                canvas.Fill(Outlines.Circle.At(at.X + (x * radius), at.Y + (y * radius), size * radius), Vector3.Zero, 0.09f);
            return;
        }

        canvas.Fill(Crescent.At(at.X, at.Y, radius, random.From(-0.7f, 0.3f)), colour);
    }

    private static void Cloud(Canvas canvas, Vector2 at, float size, ref CounterRandom random)
    {
        foreach ((float x, float y, float part) in ((float, float, float)[])[(-1.1f, 0.15f, 0.6f), (-0.35f, -0.2f, 0.85f), (0.5f, -0.05f, 0.75f), (1.15f, 0.2f, 0.55f)])
            canvas.Fill(Outlines.Circle.Oval(at.X + (x * size), at.Y + (y * size), part * size * random.From(0.9f, 1.1f), part * size * 0.8f), Vector3.One, 0.9f);
    }

    /// <summary>The outer edge down, the inner one up.</summary>
    private static Vector2[] Crescent { get; } =
    [
        .. Enumerable.Range(0, 25).Select(i => On(1, 0, (-100 + (i * 200f / 24)) * MathF.PI / 180)),
        .. Enumerable.Range(0, 25).Select(i => On(0.86f, -0.42f, (82 - (i * 164f / 24)) * MathF.PI / 180)),
    ];

    private static Vector2 On(float radius, float x, float angle) => new(x + (radius * MathF.Cos(angle)), radius * MathF.Sin(angle));
}
