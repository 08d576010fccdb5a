using System.Numerics;

namespace Pictor.Datasets.Rendering.Scenes;

/// <summary>Animals by their middle and half their size.</summary>
internal static class Animals
{
    public static void Fish(Canvas canvas, float x, float y, float size, ref CounterRandom random)
    {
        int way = random.Sign();
        Vector3 colour = Hues.Hsl(random.From(-30, 55), random.From(0.75f, 0.95f), random.From(0.5f, 0.6f)), fin = Vector3.Lerp(colour, Vector3.Zero, 0.22f);
        canvas.Fill([At(-0.62f, 0), At(-1.25f, -0.52f), At(-1.08f, 0), At(-1.25f, 0.52f)], fin);
        canvas.Fill(Outlines.Smooth([At(-0.35f, -0.4f), At(-0.1f, -0.78f), At(0.35f, -0.42f)]), fin);
        canvas.Fill(Outlines.Circle.Oval(x, y, size * 0.85f, size * 0.5f), Paint.Lit(colour, y - (size * 0.5f), y + (size * 0.5f), 0.2f));
        int bands = random.Below(4);
        for (int i = 0; i < bands; i++)
            canvas.Stroke(Outlines.Smooth([At(0.12f - (0.26f * i), -0.34f), At(0.04f - (0.26f * i), 0), At(0.12f - (0.26f * i), 0.34f)]), size * 0.08f, Vector3.One, 0.8f);
        canvas.Fill([At(0.02f, 0.08f), At(-0.34f, 0.34f), At(0.1f, 0.3f)], fin);
        Vector2 eye = At(0.5f, -0.12f);
        canvas.Fill(Outlines.Circle.At(eye.X, eye.Y, size * 0.13f), Vector3.One);
        canvas.Fill(Outlines.Circle.At(eye.X + (way * size * 0.02f), eye.Y, size * 0.07f), new Vector3(0.08f));
        canvas.Stroke(Outlines.Smooth([At(0.82f, 0.1f), At(0.7f, 0.17f), At(0.58f, 0.15f)]), size * 0.035f, fin);

        Vector2 At(float dx, float dy) => new(x + (way * dx * size), y + (dy * size));
    }

    public static void Cat(Canvas canvas, float x, float y, float size, ref CounterRandom random)
    {
        bool dark = random.Percent(30);
        Vector3 fur = dark ? Hues.Hsl(random.From(0, 360), 0.06f, random.From(0.18f, 0.28f)) : Hues.Hsl(random.From(22, 38), random.From(0.1f, 0.75f), random.From(0.58f, 0.74f));
        Vector3 inner = Hues.Hsl(350, 0.55f, 0.78f), line = dark ? new Vector3(0.85f) : Hues.Hsl(25, 0.3f, 0.22f);
        foreach (int side in (int[])[-1, 1])
        {
            canvas.Fill([At(side * 0.86f, -0.25f), At(side * 0.8f, -1.12f), At(side * 0.2f, -0.72f)], fur);
            canvas.Fill([At(side * 0.74f, -0.46f), At(side * 0.72f, -0.92f), At(side * 0.38f, -0.68f)], inner);
        }

        canvas.Fill(Outlines.Circle.Oval(x, y, size * 0.95f, size * 0.8f), Paint.Lit(fur, y - size, y + size, 0.12f));
        if (!dark && random.Percent(50))
        {
            foreach (float at in (float[])[-0.2f, 0, 0.2f])
                canvas.Stroke([At(at, -0.72f), At(at * 0.8f, -0.46f)], size * 0.07f, Vector3.Lerp(fur, Vector3.Zero, 0.35f));
        }

        Vector3 iris = Hues.Hsl(random.Percent(50) ? random.From(75, 130) : random.From(42, 55), 0.7f, 0.55f);
        foreach (int side in (int[])[-1, 1])
        {
            Vector2 eye = At(side * 0.4f, -0.12f);
            canvas.Fill(Outlines.Circle.Oval(eye.X, eye.Y, size * 0.17f, size * 0.19f), iris);
            canvas.Fill(Outlines.Circle.Oval(eye.X, eye.Y, size * 0.065f, size * 0.16f), new Vector3(0.06f));
            canvas.Fill(Outlines.Circle.At(eye.X + (size * 0.04f), eye.Y - (size * 0.07f), size * 0.035f), Vector3.One);
            foreach (float dy in (float[])[0.2f, 0.32f, 0.44f])
                canvas.Stroke([At(side * 0.42f, 0.3f + ((dy - 0.32f) * 0.5f)), At(side * 1.15f, 0.3f + ((dy - 0.32f) * 1.6f))], size * 0.022f, line);
        }

        canvas.Fill([At(-0.11f, 0.14f), At(0.11f, 0.14f), At(0, 0.28f)], inner);
        canvas.Stroke(Outlines.Smooth([At(-0.26f, 0.36f), At(-0.13f, 0.44f), At(0, 0.28f), At(0.13f, 0.44f), At(0.26f, 0.36f)]), size * 0.035f, line);

        Vector2 At(float dx, float dy) => new(x + (dx * size), y + (dy * size));
    }
}
