using System.Numerics;

namespace Pictor.Datasets.Rendering;

/// <summary>Closed outlines within -1..1 and the ways to put them somewhere.</summary>
internal static class Outlines
{
    public static Vector2[] Circle { get; } = Ring(48, _ => 1);

    public static Vector2[] Square { get; } = [new(-0.86f, -0.86f), new(0.86f, -0.86f), new(0.86f, 0.86f), new(-0.86f, 0.86f)];

    public static Vector2[] Triangle { get; } = [new(0, -0.95f), new(0.98f, 0.75f), new(-0.98f, 0.75f)];

    public static Vector2[] Star { get; } = Ring(10, i => i % 2 == 0 ? 1.05f : 0.44f);

    public static Vector2[] Cross { get; } =
    [
        new(-0.3f, -0.95f), new(0.3f, -0.95f), new(0.3f, -0.3f), new(0.95f, -0.3f), new(0.95f, 0.3f), new(0.3f, 0.3f),
        new(0.3f, 0.95f), new(-0.3f, 0.95f), new(-0.3f, 0.3f), new(-0.95f, 0.3f), new(-0.95f, -0.3f), new(-0.3f, -0.3f),
    ];

    /// <summary>Two lobes that meet in a dip and run down to a point.</summary>
    public static Vector2[] Heart { get; } = [.. Enumerable.Range(0, 60).Select(i =>
    {
        float t = i * MathF.Tau / 60, sin = MathF.Sin(t);
        float y = (0.8f * MathF.Cos(t)) - (0.31f * MathF.Cos(2 * t)) - (0.12f * MathF.Cos(3 * t)) - (0.06f * MathF.Cos(4 * t));
        return new Vector2(sin * sin * sin, 0.06f - y);
    })];

    public static Vector2[] Of(string shape) => shape switch
    {
        "circle" => Circle,
        "square" => Square,
        "triangle" => Triangle,
        "star" => Star,
        "cross" => Cross,
        _ => Heart,
    };

    /// <summary>Turned, stretched and moved.</summary>
    public static Vector2[] Oval(this Vector2[] outline, float x, float y, float radiusX, float radiusY, float turn = 0)
    {
        (float sin, float cos) = MathF.SinCos(turn);
        return Array.ConvertAll(outline, p =>
        {
            var q = new Vector2(p.X * radiusX, p.Y * radiusY);
            return new Vector2(x + (q.X * cos) - (q.Y * sin), y + (q.X * sin) + (q.Y * cos));
        });
    }

    /// <summary>Turned, enlarged and moved.</summary>
    public static Vector2[] At(this Vector2[] outline, float x, float y, float radius, float turn = 0) => outline.Oval(x, y, radius, radius, turn);

    /// <summary>A rectangle by its edges.</summary>
    public static Vector2[] Box(float left, float top, float right, float bottom) => [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];

    /// <summary>A smooth curve through points, closed when the last is the first: cubic pieces whose direction at a point is that between its neighbours (Catmull and Rom 1974).</summary>
    public static Vector2[] Smooth(ReadOnlySpan<Vector2> points, int pieces = 6)
    {
        bool closed = points[0] == points[^1];
        var curve = new List<Vector2> { points[0] };
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector2 before = i > 0 ? points[i - 1] : closed ? points[^2] : points[0];
            Vector2 after = i + 2 < points.Length ? points[i + 2] : closed ? points[1] : points[^1];
            for (int k = 1; k <= pieces; k++)
                curve.Add(Between(before, points[i], points[i + 1], after, (float)k / pieces));
        }

        return [.. curve];
    }

    private static Vector2 Between(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float t) =>
        0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * (t * t)) + (((3 * b) - a - (3 * c) + d) * (t * t * t)));

    /// <summary>Points around the middle, the first at the top, at distances of one's choice.</summary>
    private static Vector2[] Ring(int count, Func<int, float> radius) => [.. Enumerable.Range(0, count).Select(i =>
    {
        (float sin, float cos) = MathF.SinCos(i * MathF.Tau / count);
        return new Vector2(sin, -cos) * radius(i);
    })];
}
