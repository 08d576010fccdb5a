using System.Numerics;

namespace Pictor.Datasets.Rendering.Scenes;

/// <summary>Things that stand on the ground: x is their middle, y their foot, size about their height.</summary>
internal static class Things
{
    public static void House(Canvas canvas, float x, float y, float size, bool night, ref CounterRandom random)
    {
        float half = size * random.From(0.5f, 0.62f), wall = size * 0.58f, top = y - wall;
        Vector3 front = Hues.Hsl(random.From(15, 55), random.From(0.15f, 0.6f), night ? 0.45f : random.From(0.74f, 0.9f));
        Vector3 roof = Hues.Hsl(random.From(-15, 25), random.From(0.4f, 0.65f), night ? 0.25f : random.From(0.32f, 0.44f));
        float chimney = x + (half * 0.5f * random.Sign());
        canvas.Fill(Outlines.Box(chimney - (size * 0.06f), top - (size * 0.36f), chimney + (size * 0.06f), top), Vector3.Lerp(roof, Vector3.Zero, 0.25f));
        canvas.Fill(Outlines.Box(x - half, top, x + half, y), Paint.Lit(front, top, y, 0.06f));
        canvas.Fill([new(x - half - (size * 0.1f), top), new(x, top - (size * 0.44f)), new(x + half + (size * 0.1f), top)], Paint.Lit(roof, top - (size * 0.44f), top));
        Vector3 door = Hues.Hsl(random.From(0, 360), 0.45f, night ? 0.24f : 0.36f), pane = night ? Hues.Hsl(46, 0.95f, 0.68f) : Hues.Hsl(205, 0.5f, 0.7f);
        float doorX = x + random.From(-0.1f, 0.1f) * size;
        canvas.Fill(Outlines.Box(doorX - (size * 0.09f), y - (size * 0.34f), doorX + (size * 0.09f), y), door);
        foreach (int side in (int[])[-1, 1])
        {
            float middle = x + (side * half * 0.62f);
            canvas.Fill(Outlines.Box(middle - (size * 0.1f), top + (size * 0.14f), middle + (size * 0.1f), top + (size * 0.34f)), Vector3.One);
            canvas.Fill(Outlines.Box(middle - (size * 0.08f), top + (size * 0.16f), middle + (size * 0.08f), top + (size * 0.32f)), pane);
        }
    }

    public static void Tree(Canvas canvas, float x, float y, float size, bool night, ref CounterRandom random)
    {
        float light = night ? 0.2f : random.From(0.3f, 0.42f);
        Vector3 leaves = Hues.Hsl(random.From(85, 145), random.From(0.4f, 0.65f), light), bark = Hues.Hsl(25, 0.4f, night ? 0.17f : 0.3f);
        canvas.Fill(Outlines.Box(x - (size * 0.055f), y - (size * 0.4f), x + (size * 0.055f), y), bark);
        if (random.Percent(45))
        {
            for (int i = 0; i < 3; i++)
            {
                float foot = y - (size * (0.2f + (0.22f * i))), half = size * (0.34f - (0.07f * i));
                canvas.Fill([new(x - half, foot), new(x, foot - (size * 0.4f)), new(x + half, foot)], Paint.Lit(leaves, foot - (size * 0.4f), foot, 0.12f));
            }

            return;
        }

        foreach ((float dx, float dy, float part) in ((float, float, float)[])[(-0.17f, -0.52f, 0.23f), (0.18f, -0.55f, 0.22f), (0, -0.75f, 0.25f), (0, -0.5f, 0.22f)])
            canvas.Fill(Outlines.Circle.At(x + (dx * size), y + (dy * size), part * size), Paint.Lit(leaves, y - size, y - (size * 0.3f), 0.16f));
    }

    public static void Flower(Canvas canvas, float x, float y, float size, ref CounterRandom random)
    {
        var head = new Vector2(x + random.From(-0.05f, 0.05f) * size, y - (size * 0.72f));
        Vector3 green = Hues.Hsl(random.From(95, 135), 0.5f, 0.32f);
        canvas.Stroke(Outlines.Smooth([new(x, y), new(x + (size * 0.04f), y - (size * 0.35f)), head]), size * 0.05f, green);
        foreach (int side in (int[])[-1, 1])
            canvas.Fill(Outlines.Circle.Oval(x + (side * size * 0.14f), y - (size * 0.24f), size * 0.15f, size * 0.055f, side * -0.5f), green);
        int petals = 5 + random.Below(4);
        Vector3 petal = random.Percent(25) ? new Vector3(0.98f) : Hues.Hsl(random.From(270, 410), random.From(0.65f, 0.9f), random.From(0.52f, 0.66f));
        float radius = size * 0.27f, turn = random.From(0, 1);
        for (int i = 0; i < petals; i++)
        {
            float angle = turn + (i * MathF.Tau / petals);
            (float sin, float cos) = MathF.SinCos(angle);
            canvas.Fill(Outlines.Circle.Oval(head.X + (cos * radius * 0.62f), head.Y + (sin * radius * 0.62f), radius * 0.48f, radius * 1.5f / petals, angle), Paint.Lit(petal, head.Y - radius, head.Y + radius));
        }

        canvas.Fill(Outlines.Circle.At(head.X, head.Y, radius * 0.34f), Hues.Hsl(random.From(38, 50), 0.9f, 0.5f));
    }

    public static void Car(Canvas canvas, float x, float y, float size, ref CounterRandom random)
    {
        int way = random.Sign();
        Vector3 colour = Hues.Any(ref random), dark = Hues.Hsl(220, 0.1f, 0.14f), glass = Hues.Hsl(205, 0.45f, 0.78f);
        float wheel = size * 0.2f, foot = y - (wheel * 0.8f);
        canvas.Fill(Outlines.Circle.Oval(x, y + (wheel * 0.2f), size * 1.02f, size * 0.06f), Vector3.Zero, 0.25f);
        canvas.Fill(Place(-0.62f, 0.36f, -0.4f, 0.76f, 0.22f, 0.76f, 0.5f, 0.36f), colour);
        canvas.Fill(Place(-0.5f, 0.38f, -0.34f, 0.69f, -0.1f, 0.69f, -0.1f, 0.38f), glass);
        canvas.Fill(Place(-0.03f, 0.38f, -0.03f, 0.69f, 0.18f, 0.69f, 0.38f, 0.38f), glass);
        canvas.Fill(Place(-0.98f, 0, -1, 0.3f, -0.9f, 0.4f, 0.6f, 0.4f, 0.92f, 0.3f, 1, 0.18f, 0.98f, 0), Paint.Lit(colour, foot - (size * 0.4f), foot, 0.12f));
        canvas.Fill(Place(0.88f, 0.16f, 0.86f, 0.26f, 0.95f, 0.24f, 0.98f, 0.16f), Hues.Hsl(52, 0.9f, 0.8f));
        foreach (float at in (float[])[-0.56f, 0.56f])
        {
            canvas.Fill(Outlines.Circle.At(x + (at * size), foot, wheel), dark);
            canvas.Fill(Outlines.Circle.At(x + (at * size), foot, wheel * 0.5f), Hues.Hsl(220, 0.05f, 0.75f));
        }

        Vector2[] Place(params ReadOnlySpan<float> points)
        {
            var outline = new Vector2[points.Length / 2];
            for (int i = 0; i < outline.Length; i++)
                outline[i] = new Vector2(x + (way * points[2 * i] * size), foot - (points[(2 * i) + 1] * size));
            return outline;
        }
    }

    public static void Boat(Canvas canvas, float x, float y, float size, bool night, ref CounterRandom random)
    {
        Vector3 hull = Vector3.Lerp(Hues.Any(ref random), Vector3.Zero, night ? 0.45f : 0.1f), sail = Hues.Hsl(random.From(0, 60), random.From(0, 0.5f), night ? 0.62f : 0.93f);
        int way = random.Sign();
        canvas.Stroke([new(x, y - (size * 0.15f)), new(x, y - size)], size * 0.035f, Hues.Hsl(25, 0.4f, 0.25f));
        canvas.Fill([new(x + (way * size * 0.04f), y - (size * 0.98f)), new(x + (way * size * 0.52f), y - (size * 0.27f)), new(x + (way * size * 0.04f), y - (size * 0.27f))], sail);
        canvas.Fill([new(x - (way * size * 0.04f), y - (size * 0.88f)), new(x - (way * size * 0.38f), y - (size * 0.27f)), new(x - (way * size * 0.04f), y - (size * 0.27f))], Vector3.Lerp(sail, hull, 0.25f));
        canvas.Fill([new(x - (size * 0.6f), y - (size * 0.2f)), new(x + (size * 0.6f), y - (size * 0.2f)), new(x + (size * 0.4f), y + (size * 0.06f)), new(x - (size * 0.4f), y + (size * 0.06f))], Paint.Lit(hull, y - (size * 0.2f), y, 0.12f));
    }
}
