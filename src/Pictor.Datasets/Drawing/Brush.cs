using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Draws on a small square canvas with soft edges: how much of a pixel is covered follows from its distance to the line.</summary>
internal sealed class Brush(int side)
{
    private const int SubSamples = 4;
    private readonly Vector3[] _pixels = new Vector3[side * side];

    /// <summary>A gradient from one side to the other.</summary>
    public void Ground(Vector3 from, Vector3 to, float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        for (int i = 0; i < _pixels.Length; i++)
        {
            float t = 0.5f + (((((i % side) - (side / 2f)) * cos) + (((i / side) - (side / 2f)) * sin)) / side);
            _pixels[i] = Vector3.Lerp(from, to, Math.Clamp(t, 0, 1));
        }
    }

    /// <summary>A chain of points, round at corners and ends.</summary>
    public void Stroke(ReadOnlySpan<Vector2> points, float width, Vector3 colour)
    {
        (int left, int top, int right, int bottom) = Bounds(points, (width / 2) + 1);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f);
                float distance = float.MaxValue;
                for (int k = 1; k < points.Length; k++)
                    distance = Math.Min(distance, DistanceSquared(p, points[k - 1], points[k]));
                Blend((y * side) + x, colour, (width / 2) - MathF.Sqrt(distance) + 0.5f);
            }
        }
    }

    /// <summary>The inside of an outline (even-odd), 4 x 4 samples a pixel.</summary>
    public void Fill(ReadOnlySpan<Vector2> outline, Vector3 colour)
    {
        (int left, int top, int right, int bottom) = Bounds(outline, 1);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                int inside = 0;
                for (int s = 0; s < SubSamples * SubSamples; s++)
                    inside += IsInside(outline, new Vector2(x + (((s % SubSamples) + 0.5f) / SubSamples), y + (((s / SubSamples) + 0.5f) / SubSamples))) ? 1 : 0;
                Blend((y * side) + x, colour, (float)inside / (SubSamples * SubSamples));
            }
        }
    }

    /// <summary>The picture, with noise of this deviation (nearly normal: the sum of four even draws).</summary>
    public Pixels Finish(float noise, ref CounterRandom random)
    {
        var data = new byte[side * side * 3];
        for (int i = 0; i < data.Length; i++)
        {
            double n = (random.Unit() + random.Unit() + random.Unit() + random.Unit() - 2) * 1.732;
            data[i] = (byte)Math.Clamp(Math.Round(_pixels[i / 3][i % 3] + (n * noise)), 0, 255);
        }

        return new Pixels(side, side, 3, data);
    }

    /// <summary>The pixels that a figure can touch.</summary>
    private (int Left, int Top, int Right, int Bottom) Bounds(ReadOnlySpan<Vector2> points, float margin)
    {
        var least = new Vector2(float.MaxValue);
        var most = new Vector2(float.MinValue);
        foreach (Vector2 p in points)
            (least, most) = (Vector2.Min(least, p), Vector2.Max(most, p));
        return ((int)Math.Clamp(least.X - margin, 0, side), (int)Math.Clamp(least.Y - margin, 0, side), (int)Math.Clamp(most.X + margin + 1, 0, side), (int)Math.Clamp(most.Y + margin + 1, 0, side));
    }

    private void Blend(int pixel, Vector3 colour, float coverage)
    {
        if (coverage > 0)
            _pixels[pixel] = Vector3.Lerp(_pixels[pixel], colour, Math.Min(1, coverage));
    }

    private static float DistanceSquared(Vector2 p, Vector2 a, Vector2 b)
    {
        Vector2 line = b - a;
        float length = line.LengthSquared();
        float t = length == 0 ? 0 : Math.Clamp(Vector2.Dot(p - a, line) / length, 0, 1);
        return Vector2.DistanceSquared(p, a + (line * t));
    }

    private static bool IsInside(ReadOnlySpan<Vector2> outline, Vector2 p)
    {
        bool inside = false;
        for (int i = 1; i < outline.Length; i++)
        {
            Vector2 a = outline[i - 1], b = outline[i];
            if (a.Y > p.Y != b.Y > p.Y && p.X < a.X + ((p.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
                inside = !inside;
        }

        return inside;
    }
}
