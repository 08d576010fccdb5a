using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// One drawn picture: a lit ground, some clutter, the figure turned, sheared, wobbled and stroked by chance, and noise over all.
/// Hard enough that a small network stays below perfect, easy enough that a person does not.
/// </summary>
internal static class Scene
{
    public static Pixels Draw(string id, int side, CounterRandom random)
    {
        var canvas = new Brush(side);
        Vector3 ground = Colour(ref random);
        canvas.Ground(ground, ground + Shade(ref random, 70), (float)random.Within(Math.PI));
        Vector3 ink = Contrasting(ground, ref random);
        for (int i = random.Below(4); i > 0; i--)
            Clutter(canvas, ground, side, ref random);

        Figure figure = Figures.Of(id, ref random);
        Func<Vector2, Vector2> place = Placement(side, ref random);
        float width = side * (float)(0.045 + (0.05 * random.Unit()));
        Vector2[][] strokes = [.. figure.Strokes.Select(s => s.Select(place).ToArray())];
        if (figure.Filled)
            canvas.Fill(strokes[0], ink);
        foreach (Vector2[] stroke in strokes)
            canvas.Stroke(stroke, width, ink);

        if (random.Below(5) == 0)
            Clutter(canvas, ground, side, ref random);
        return canvas.Finish((float)(4 + (14 * random.Unit())), ref random);
    }

    /// <summary>Turned up to 20 degrees, sheared, scaled and moved, with a slow wobble such as a hand makes.</summary>
    private static Func<Vector2, Vector2> Placement(int side, ref CounterRandom random)
    {
        float angle = (float)random.Within(0.35), shear = (float)random.Within(0.25);
        float scaleX = side * (float)(0.22 + (0.16 * random.Unit())), scaleY = scaleX * (float)(0.85 + (0.35 * random.Unit()));
        scaleY = Math.Min(scaleY, side * 0.42f);
        var centre = new Vector2(side / 2f + (float)random.Within(side * 0.09), side / 2f + (float)random.Within(side * 0.09));
        float wobble = (float)(0.11 * random.Unit()), phaseX = (float)random.Within(Math.PI), phaseY = (float)random.Within(Math.PI);
        (float sin, float cos) = MathF.SinCos(angle);
        return p =>
        {
            var q = new Vector2(p.X + (shear * p.Y) + (wobble * MathF.Sin((3 * p.Y) + phaseX)), p.Y + (wobble * MathF.Sin((3 * p.X) + phaseY)));
            q *= new Vector2(scaleX, scaleY);
            return centre + new Vector2((q.X * cos) - (q.Y * sin), (q.X * sin) + (q.Y * cos));
        };
    }

    /// <summary>A thin line or a dot, weaker than the figure.</summary>
    private static void Clutter(Brush canvas, Vector3 ground, int side, ref CounterRandom random)
    {
        Vector3 colour = Vector3.Lerp(ground, Colour(ref random), 0.55f);
        var start = new Vector2((float)random.Unit(), (float)random.Unit()) * side;
        Vector2 end = random.Below(2) == 0 ? start : start + (new Vector2((float)random.Within(0.5), (float)random.Within(0.5)) * side);
        canvas.Stroke([start, end], side * (float)(0.03 + (0.06 * random.Unit())), colour);
    }

    private static Vector3 Colour(ref CounterRandom random) => new Vector3((float)random.Unit(), (float)random.Unit(), (float)random.Unit()) * 255;

    private static Vector3 Shade(ref CounterRandom random, float most) => new((float)random.Within(most));

    /// <summary>A colour that stands out from the ground by its brightness, on whichever side there is room.</summary>
    private static Vector3 Contrasting(Vector3 ground, ref CounterRandom random)
    {
        var weights = new Vector3(0.299f, 0.587f, 0.114f);
        Vector3 colour = Colour(ref random);
        float wanted = Vector3.Dot(ground, weights) + ((Vector3.Dot(ground, weights) > 127 ? -1 : 1) * (float)(75 + (60 * random.Unit())));
        return colour + new Vector3(wanted - Vector3.Dot(colour, weights));
    }
}
