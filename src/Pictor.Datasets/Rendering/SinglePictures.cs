using System.Numerics;

namespace Pictor.Datasets.Rendering;

/// <summary>A shape, a digit or words in the middle of a quiet ground.</summary>
internal static class SinglePictures
{
    /// <summary>A shape of a named colour, full or as a thick line.</summary>
    public static void Shape(Canvas canvas, string shape, string colour, ref CounterRandom random)
    {
        Ground(canvas, colour, ref random);
        float radius = random.From(0.23f, 0.36f), turn = random.From(-0.2f, 0.2f);
        Vector2[] outline = Outlines.Of(shape).At(0.5f + random.From(-0.09f, 0.09f), 0.5f + random.From(-0.09f, 0.09f), radius, turn);
        Paint paint = Paint.Lit(Hues.Of(colour, ref random), 0.5f - radius, 0.5f + radius, colour is "black" or "white" ? 0.03f : 0.08f);
        if (random.Percent(78))
        {
            canvas.Shadow(outline);
            canvas.Fill(outline, paint);
            canvas.Stroke([.. outline, outline[0]], 0.012f, paint);
        }
        else
        {
            float pen = random.From(0.05f, 0.075f);
            canvas.Stroke([.. outline.Append(outline[0]).Select(p => p + new Vector2(0.008f, 0.014f))], pen, Vector3.Zero, 0.12f);
            canvas.Stroke([.. outline, outline[0]], pen, paint);
        }
    }

    /// <summary>A digit of a named colour.</summary>
    public static void Digit(Canvas canvas, char digit, string colour, ref CounterRandom random)
    {
        Ground(canvas, colour, ref random);
        float height = random.From(0.46f, 0.62f), pen = random.From(0.055f, 0.1f), slant = random.From(-0.05f, 0.18f);
        float width = (Strokes.WidthOf($"{digit}", 0) + (slant * 100)) * height / 100;
        var corner = new Vector2(((1 - width) / 2) + random.From(-0.08f, 0.08f), ((1 - height) / 2) + random.From(-0.07f, 0.07f));
        Strokes.Write(canvas, $"{digit}", corner + new Vector2(0.01f, 0.018f), height, 0, slant, pen, Vector3.Zero, 0.12f);
        Strokes.Write(canvas, $"{digit}", corner, height, 0, slant, pen, Paint.Lit(Hues.Of(colour, ref random), corner.Y, corner.Y + height, 0.04f));
    }

    /// <summary>A word in English capitals, in Chinese, or in both, one above the other, on a poster.</summary>
    public static void Word(Canvas canvas, string english, string chinese, ref CounterRandom random)
    {
        float hue = random.From(0, 360);
        bool dark = random.Percent(55);
        canvas.Ground(
            dark ? new Paint(Hues.Hsl(hue, 0.45f, 0.3f), Hues.Hsl(hue + 25, 0.5f, 0.2f)) : new Paint(Hues.Hsl(hue, 0.5f, 0.94f), Hues.Hsl(hue + 25, 0.45f, 0.86f)),
            random.From(0, MathF.PI));
        Vector3 ink = dark ? Hues.Hsl(hue + random.From(20, 200), random.From(0.1f, 0.8f), 0.9f) : Hues.Hsl(hue + random.From(20, 200), random.From(0.3f, 0.8f), 0.24f);
        float margin = random.From(0.09f, 0.14f);
        if (random.Percent(40))
            canvas.Stroke([.. Outlines.Box(margin / 2, margin / 2, 1 - (margin / 2), 1 - (margin / 2)), new(margin / 2, margin / 2)], 0.01f, ink, 0.7f);

        int layout = random.Below(4);
        float slant = random.From(-0.02f, 0.12f);
        if (layout < 2)
        {
            (float top, float bottom) = layout == 0 ? (0.26f, 0.66f) : (0.74f, 0.34f);
            Line(canvas, english, top + random.From(-0.03f, 0.03f), 0.24f, margin, slant, ink, ref random);
            Line(canvas, chinese, bottom + random.From(-0.02f, 0.02f), 0.42f, margin, 0, ink, ref random);
        }
        else if (layout == 2)
        {
            Line(canvas, english, 0.5f + random.From(-0.12f, 0.12f), 0.36f, margin, slant, ink, ref random);
        }
        else
        {
            Line(canvas, chinese, 0.5f + random.From(-0.05f, 0.05f), random.From(0.5f, 0.68f), margin, 0, ink, ref random);
        }
    }

    /// <summary>One line of writing, as large as its height and the margins allow.</summary>
    private static void Line(Canvas canvas, string text, float middle, float height, float margin, float slant, Vector3 ink, ref CounterRandom random)
    {
        float gap = text[0] < 128 ? random.From(20, 30) : 18;
        float width = Strokes.WidthOf(text, gap) + (slant * 100), room = 1 - (2 * margin) - 0.06f;
        height = Math.Min(height, room * 100 / width);
        float pen = Math.Clamp(height * random.From(0.1f, 0.17f), 0.02f, text[0] < 128 ? 0.06f : 0.045f);
        var corner = new Vector2(0.5f - (width * height / 200) + random.From(-0.02f, 0.02f), middle - (height / 2));
        Strokes.Write(canvas, text, corner, height, gap, slant, pen, ink);
    }

    private static void Ground(Canvas canvas, string colour, ref CounterRandom random)
    {
        Paint ground = Hues.GroundFor(colour, ref random);
        canvas.Ground(ground, random.From(0, MathF.PI));

        // Faint stripes in some, so that a ground is not always empty.
        if (!random.Percent(35))
            return;
        float step = random.From(0.08f, 0.16f), lean = random.From(-0.6f, 0.6f);
        Vector3 tone = Vector3.Lerp(ground.From, ground.From.X + ground.From.Y + ground.From.Z > 1.5f ? Vector3.One : Vector3.Zero, 0.35f);
        for (float x = -1; x < 2; x += 2 * step)
            canvas.Fill([new(x, 0), new(x + step, 0), new(x + step + lean, 1), new(x + lean, 1)], tone, 0.5f);
    }
}
