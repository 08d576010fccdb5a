using System.Numerics;

namespace Pictor.Datasets.Rendering.Scenes;

/// <summary>
/// Landscapes, and animals close by. A scene is tagged with every thing in it that has a tag, and nothing that has one is half hidden: sun and moon stand on
/// the side where the main thing does not.
/// </summary>
internal static class ScenePictures
{
    public static IReadOnlyList<string> Draw(Canvas canvas, string scene, ref CounterRandom random) => scene switch
    {
        "village" => Village(canvas, ref random),
        "mountains" => Mountains(canvas, ref random),
        "sea" => Sea(canvas, ref random),
        "meadow" => Meadow(canvas, ref random),
        "road" => Road(canvas, ref random),
        "underwater" => Underwater(canvas, ref random),
        _ => Cat(canvas, ref random),
    };

    private static List<string> Village(Canvas canvas, ref CounterRandom random)
    {
        int side = random.Sign();
        Light light = LightOf(50, 20, ref random);
        List<string> tags = ["house", .. Sky.Draw(canvas, light, -side, ref random)];
        bool night = light == Light.Moon;
        float ground = Hills(canvas, night, ref random);
        Things.House(canvas, 0.5f + (side * random.From(0.06f, 0.18f)), ground + 0.1f, random.From(0.36f, 0.46f), night, ref random);
        if (random.Percent(55))
        {
            Things.Tree(canvas, 0.5f - (side * random.From(0.28f, 0.34f)), ground + random.From(0.12f, 0.17f), random.From(0.34f, 0.42f), night, ref random);
            tags.Add("tree");
        }

        return tags;
    }

    private static List<string> Mountains(Canvas canvas, ref CounterRandom random)
    {
        int side = random.Sign();
        Light light = LightOf(45, 25, ref random);
        List<string> tags = ["mountain", .. Sky.Draw(canvas, light, -side, ref random)];
        bool night = light == Light.Moon;
        float hue = random.From(200, 250), foot = 0.78f;
        for (int i = 1 + random.Below(2); i >= 0; i--)
        {
            float x = 0.5f + (side * (0.16f - (0.34f * i))), height = i == 0 ? random.From(0.42f, 0.5f) : random.From(0.26f, 0.34f), half = height * random.From(0.8f, 1);
            Vector3 rock = Hues.Hsl(hue, 0.18f, night ? 0.2f + (0.04f * i) : 0.42f + (0.1f * i));
            canvas.Fill([new(x - half, foot), new(x, foot - height), new(x + half, foot)], Paint.Lit(rock, foot - height, foot));
            canvas.Fill([new(x, foot - height), new(x + (half * 0.36f), foot - (height * 0.64f)), new(x + half, foot), new(x + (half * 0.2f), foot)], Vector3.Zero, 0.16f);
            canvas.Fill(
                [
                    new(x, foot - height), new(x + (half * 0.3f), foot - (height * 0.7f)), new(x + (half * 0.12f), foot - (height * 0.62f)), new(x, foot - (height * 0.72f)),
                    new(x - (half * 0.14f), foot - (height * 0.6f)), new(x - (half * 0.3f), foot - (height * 0.7f)),
                ],
                new Vector3(night ? 0.7f : 0.97f));
        }

        Rise(canvas, 0.74f, 0.05f, night, ref random);
        if (random.Percent(40))
        {
            Things.Tree(canvas, 0.5f - (side * random.From(0.24f, 0.34f)), 0.92f, random.From(0.32f, 0.4f), night, ref random);
            tags.Add("tree");
        }

        return tags;
    }

    private static List<string> Sea(Canvas canvas, ref CounterRandom random)
    {
        int side = random.Sign();
        Light light = LightOf(50, 25, ref random);
        List<string> tags = ["boat", "sea", .. Sky.Draw(canvas, light, -side, ref random)];
        bool night = light == Light.Moon;
        float horizon = random.From(0.54f, 0.62f), hue = random.From(195, 218);
        canvas.Fill(Outlines.Box(0, horizon, 1, 1), new Paint(Hues.Hsl(hue, 0.6f, night ? 0.24f : 0.58f), Hues.Hsl(hue + 8, 0.7f, night ? 0.12f : 0.34f), horizon));
        Waves(canvas, horizon + 0.05f, night, ref random);
        float foot = horizon + random.From(0.1f, 0.2f);
        Things.Boat(canvas, 0.5f + (side * random.From(0, 0.15f)), foot, random.From(0.36f, 0.46f), night, ref random);
        return tags;
    }

    private static List<string> Meadow(Canvas canvas, ref CounterRandom random)
    {
        Light light = LightOf(50, 0, ref random);
        int side = random.Sign(), count = 1 + random.Below(3);
        List<string> tags = ["flower", .. Sky.Draw(canvas, light, side, ref random)];
        Rise(canvas, random.From(0.66f, 0.74f), 0.03f, night: false, ref random);
        for (int i = 0; i < count; i++)
        {
            float x = count == 1 ? 0.5f - (side * 0.06f) : 0.2f + (0.6f * i / (count - 1));
            float size = count == 1 ? random.From(0.68f, 0.78f) : random.From(0.46f, 0.56f);
            Things.Flower(canvas, x + random.From(-0.04f, 0.04f), random.From(0.93f, 0.98f), size, ref random);
        }

        return tags;
    }

    private static List<string> Road(Canvas canvas, ref CounterRandom random)
    {
        Light light = LightOf(50, 0, ref random);
        int side = random.Sign();
        List<string> tags = ["car", .. Sky.Draw(canvas, light, -side, ref random)];
        float road = Hills(canvas, night: false, ref random) + 0.14f;
        if (random.Percent(45))
        {
            Things.Tree(canvas, 0.5f + (side * random.From(0.3f, 0.36f)), road + 0.01f, random.From(0.38f, 0.46f), night: false, ref random);
            tags.Add("tree");
        }

        canvas.Fill(Outlines.Box(0, road, 1, road + 0.2f), new Paint(Hues.Hsl(220, 0.05f, 0.42f), Hues.Hsl(220, 0.05f, 0.36f), road, road + 0.2f));
        for (float x = random.From(-0.1f, 0); x < 1; x += 0.2f)
            canvas.Fill(Outlines.Box(x, road + 0.15f, x + 0.1f, road + 0.165f), new Vector3(0.92f));
        Things.Car(canvas, 0.5f - (side * random.From(0, 0.08f)), road + random.From(0.1f, 0.13f), random.From(0.3f, 0.36f), ref random);
        return tags;
    }

    private static List<string> Underwater(Canvas canvas, ref CounterRandom random)
    {
        float hue = random.From(180, 210);
        canvas.Ground(new Paint(Hues.Hsl(hue, 0.6f, random.From(0.55f, 0.68f)), Hues.Hsl(hue + 15, 0.7f, random.From(0.22f, 0.34f))));
        float sand = random.From(0.86f, 0.92f);
        canvas.Fill(Outlines.Smooth([new(-0.1f, 1.1f), new(-0.1f, sand), new(0.3f, sand - 0.03f), new(0.7f, sand + 0.02f), new(1.1f, sand - 0.02f), new(1.1f, 1.1f)]), Hues.Hsl(44, 0.45f, 0.68f));
        int weeds = 2 + random.Below(4);
        for (int i = 0; i < weeds; i++)
        {
            float x = random.From(0.03f, 0.97f), height = random.From(0.1f, 0.26f);
            canvas.Stroke(Outlines.Smooth([new(x, sand + 0.04f), new(x + 0.02f, sand - (height / 3)), new(x - 0.02f, sand - (height * 0.66f)), new(x + 0.02f, sand - height)]), 0.018f, Hues.Hsl(random.From(130, 160), 0.5f, 0.32f));
        }

        for (int i = 0; i < 8; i++)
            canvas.Fill(Outlines.Circle.At(random.From(0, 1), random.From(0.03f, 0.8f), random.From(0.005f, 0.014f)), Vector3.One, 0.45f);
        int count = 1 + random.Below(3);
        for (int i = 0; i < count; i++)
        {
            float y = count == 1 ? 0.46f : 0.2f + (0.5f * i / (count - 1));
            Animals.Fish(canvas, 0.5f + random.From(-0.14f, 0.14f), y + random.From(-0.03f, 0.03f), count == 1 ? random.From(0.26f, 0.32f) : random.From(0.15f, 0.2f), ref random);
        }

        return ["fish", "sea"];
    }

    private static List<string> Cat(Canvas canvas, ref CounterRandom random)
    {
        float hue = random.From(0, 360), floor = random.From(0.74f, 0.86f);
        canvas.Ground(new Paint(Hues.Hsl(hue, 0.35f, random.From(0.7f, 0.88f)), Hues.Hsl(hue, 0.35f, 0.8f)));
        canvas.Fill(Outlines.Box(0, floor, 1, 1), Hues.Hsl(hue + 40, 0.3f, 0.6f));
        Animals.Cat(canvas, 0.5f + random.From(-0.07f, 0.07f), 0.56f + random.From(-0.04f, 0.04f), random.From(0.27f, 0.35f), ref random);
        return ["cat"];
    }

    private static Light LightOf(int sun, int moon, ref CounterRandom random)
    {
        int draw = random.Below(100);
        return draw < sun ? Light.Sun : draw < sun + moon ? Light.Moon : Light.Day;
    }

    /// <summary>Two rounded hills, one behind the other; returns the height where things stand.</summary>
    private static float Hills(Canvas canvas, bool night, ref CounterRandom random)
    {
        float ground = random.From(0.64f, 0.7f);
        Rise(canvas, ground - 0.08f, 0.06f, night, ref random, lighter: 0.08f);
        Rise(canvas, ground, 0.025f, night, ref random);
        return ground;
    }

    private static void Rise(Canvas canvas, float height, float swing, bool night, ref CounterRandom random, float lighter = 0)
    {
        Vector3 green = Hues.Hsl(random.From(85, 125), random.From(0.35f, 0.55f), (night ? 0.16f : random.From(0.42f, 0.5f)) + lighter);
        canvas.Fill(
            Outlines.Smooth(
            [
                new(-0.2f, 1.2f), new(-0.2f, height + random.From(-swing, swing)), new(0.2f, height + random.From(-swing, swing)), new(0.5f, height + random.From(-swing, swing)),
                new(0.8f, height + random.From(-swing, swing)), new(1.2f, height + random.From(-swing, swing)), new(1.2f, 1.2f),
            ]),
            Paint.Lit(green, height, 1, 0.1f));
    }

    private static void Waves(Canvas canvas, float top, bool night, ref CounterRandom random)
    {
        for (int i = 0; i < 9; i++)
        {
            float x = random.From(-0.05f, 0.9f), y = random.From(top, 0.97f), length = random.From(0.06f, 0.14f);
            canvas.Stroke(Outlines.Smooth([new(x, y), new(x + (length * 0.5f), y - 0.012f), new(x + length, y)]), 0.008f, Vector3.One, night ? 0.2f : 0.5f);
        }
    }
}
