using System.Numerics;

namespace Pictor.Datasets;

/// <summary>Lines of a figure within -1..1, y downwards.</summary>
/// <param name="Strokes">Each a chain of points.</param>
/// <param name="Filled">True when the first stroke is an outline to be filled.</param>
internal sealed record Figure(IReadOnlyList<Vector2[]> Strokes, bool Filled = false);

/// <summary>How digits and shapes are drawn, with the variants that hands have: a one with and without foot, an open or closed four.</summary>
internal static class Figures
{
    public static Figure Of(string id, ref CounterRandom random) => id switch
    {
        "0" => new([Arc(0, 0, 0.55f, 0.9f, 0, 360)]),
        "1" => random.Below(2) == 0
            ? new([[new(-0.35f, -0.5f), new(0.1f, -0.9f), new(0.1f, 0.9f)]])
            : new([[new(-0.35f, -0.5f), new(0.1f, -0.9f), new(0.1f, 0.9f)], [new(-0.35f, 0.9f), new(0.5f, 0.9f)]]),
        "2" => new([[.. Arc(0, -0.4f, 0.52f, 0.5f, 190, 385), new(-0.55f, 0.9f), new(0.6f, 0.88f)]]),
        "3" => new([[.. Arc(-0.05f, -0.45f, 0.5f, 0.45f, 200, 440), .. Arc(-0.05f, 0.43f, 0.58f, 0.47f, 280, 515)]]),
        "4" => random.Below(2) == 0
            ? new([[new(0.3f, 0.9f), new(0.3f, -0.9f), new(-0.6f, 0.35f), new(0.65f, 0.35f)]])
            : new([[new(-0.4f, -0.85f), new(-0.5f, 0.15f), new(0.6f, 0.15f)], [new(0.3f, -0.55f), new(0.25f, 0.9f)]]),
        "5" => new([[new(0.5f, -0.88f), new(-0.38f, -0.9f), new(-0.45f, -0.15f), .. Arc(-0.02f, 0.32f, 0.55f, 0.56f, 235, 505)]]),
        "6" => new([Six(1)]),
        "7" => random.Below(2) == 0
            ? new([[new(-0.55f, -0.88f), new(0.55f, -0.9f), new(-0.1f, 0.9f)]])
            : new([[new(-0.55f, -0.88f), new(0.55f, -0.9f), new(-0.1f, 0.9f)], [new(-0.25f, 0), new(0.45f, 0)]]),
        "8" => new([Arc(0, -0.45f, 0.42f, 0.44f, 0, 360), Arc(0, 0.44f, 0.52f, 0.47f, 0, 360)]),
        "9" => new([Six(-1)]),
        "circle" => Shape(Arc(0, 0, 0.85f, 0.85f, 0, 360), ref random),
        "cross" => random.Below(2) == 0
            ? new([[new(0, -0.85f), new(0, 0.85f)], [new(-0.85f, 0), new(0.85f, 0)]])
            : Shape(Cross(), ref random),
        "heart" => Shape(Heart(), ref random),
        "square" => Shape([new(-0.75f, -0.75f), new(0.75f, -0.75f), new(0.75f, 0.75f), new(-0.75f, 0.75f), new(-0.75f, -0.75f)], ref random),
        "star" => Shape(Star(), ref random),
        _ => Shape([new(0, -0.85f), new(0.85f, 0.7f), new(-0.85f, 0.7f), new(0, -0.85f)], ref random),
    };

    private static Figure Shape(Vector2[] outline, ref CounterRandom random) => new([outline], random.Below(2) == 0);

    /// <summary>Clockwise from <paramref name="from"/> to <paramref name="to"/> degrees; 0 is to the right.</summary>
    private static Vector2[] Arc(float x, float y, float radiusX, float radiusY, int from, int to)
    {
        int steps = Math.Max(2, Math.Abs(to - from) / 15);
        return [.. Enumerable.Range(0, steps + 1).Select(i =>
        {
            double angle = (from + ((to - from) * (double)i / steps)) * Math.PI / 180;
            return new Vector2(x + (radiusX * (float)Math.Cos(angle)), y + (radiusY * (float)Math.Sin(angle)));
        })];
    }

    /// <summary>A six, or turned by 180 degrees a nine.</summary>
    private static Vector2[] Six(int sign) =>
        [.. new Vector2[] { new(0.35f, -0.9f), new(-0.05f, -0.65f), new(-0.38f, -0.2f) }.Concat(Arc(0, 0.4f, 0.5f, 0.5f, 180, -180)).Select(p => p * sign)];

    private static Vector2[] Cross()
    {
        const float A = 0.28f, B = 0.85f;
        return [new(-A, -B), new(A, -B), new(A, -A), new(B, -A), new(B, A), new(A, A), new(A, B), new(-A, B), new(-A, A), new(-B, A), new(-B, -A), new(-A, -A), new(-A, -B)];
    }

    private static Vector2[] Star() =>
    [
        .. Enumerable.Range(0, 11).Select(i =>
        {
            double angle = (i * Math.PI / 5) - (Math.PI / 2);
            float radius = i % 2 == 0 ? 0.95f : 0.42f;
            return new Vector2(radius * (float)Math.Cos(angle), radius * (float)Math.Sin(angle));
        }),
    ];

    private static Vector2[] Heart() =>
    [
        .. Enumerable.Range(0, 33).Select(i =>
        {
            double t = i * Math.PI / 16;
            double y = (13 * Math.Cos(t)) - (5 * Math.Cos(2 * t)) - (2 * Math.Cos(3 * t)) - Math.Cos(4 * t);
            return new Vector2((float)(Math.Pow(Math.Sin(t), 3) * 0.9), (float)((-y / 17 * 0.9) - 0.1));
        }),
    ];
}
