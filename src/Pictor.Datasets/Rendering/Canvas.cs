using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets.Rendering;

/// <summary>
/// A square picture in the making; places are fractions of its side, y downwards, so that one drawing serves every size. Outlines are filled line by line:
/// the share of a pixel that is covered follows from where four lines through it cross the outline, exact along the line.
/// </summary>
internal sealed class Canvas
{
    private const int LinesPerPixel = 4;
    private readonly int _side;
    private readonly Vector3[] _pixels;
    private readonly float[] _cover;
    private readonly List<float> _crossings = [];

    public Canvas(int side)
    {
        _side = side;
        _pixels = new Vector3[side * side];
        _cover = new float[side];
    }

    /// <summary>Fills everything, by a gradient from the top to the bottom, or along another angle.</summary>
    public void Ground(Paint paint, float angle = MathF.PI / 2)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        for (int i = 0; i < _pixels.Length; i++)
        {
            float x = (((i % _side) + 0.5f) / _side) - 0.5f, y = (((i / _side) + 0.5f) / _side) - 0.5f;
            _pixels[i] = paint.At(0.5f + (x * cos) + (y * sin));
        }
    }

    /// <summary>Fills an outline, which closes itself; where it crosses itself, inside is what an odd number of its turns surrounds.</summary>
    public void Fill(ReadOnlySpan<Vector2> outline, Paint paint, float opacity = 1)
    {
        (float top, float bottom) = (float.MaxValue, float.MinValue);
        foreach (Vector2 p in outline)
            (top, bottom) = (Math.Min(top, p.Y * _side), Math.Max(bottom, p.Y * _side));
        int last = (int)Math.Clamp(MathF.Ceiling(bottom), 0, _side);
        for (int y = (int)Math.Clamp(MathF.Floor(top), 0, _side); y < last; y++)
        {
            Array.Clear(_cover);
            for (int line = 0; line < LinesPerPixel; line++)
                CoverLine(outline, y + ((line + 0.5f) / LinesPerPixel));
            Vector3 colour = paint.At((y + 0.5f) / _side);
            for (int x = 0; x < _side; x++)
                Blend((y * _side) + x, colour, _cover[x] * opacity);
        }
    }

    /// <summary>A line through points, round at corners and ends.</summary>
    public void Stroke(ReadOnlySpan<Vector2> points, float width, Paint paint, float opacity = 1)
    {
        float radius = width * _side / 2;
        var least = new Vector2(float.MaxValue);
        var most = new Vector2(float.MinValue);
        foreach (Vector2 p in points)
            (least, most) = (Vector2.Min(least, p * _side), Vector2.Max(most, p * _side));
        int left = Within(least.X - radius - 1), right = Within(most.X + radius + 2), bottom = Within(most.Y + radius + 2);
        for (int y = Within(least.Y - radius - 1); y < bottom; y++)
        {
            Vector3 colour = paint.At((y + 0.5f) / _side);
            for (int x = left; x < right; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f);
                float distance = float.MaxValue;
                for (int i = 1; i < points.Length; i++)
                    distance = Math.Min(distance, DistanceSquared(p, points[i - 1] * _side, points[i] * _side));
                Blend((y * _side) + x, colour, Math.Clamp(radius + 0.5f - MathF.Sqrt(distance), 0, 1) * opacity);
            }
        }
    }

    /// <summary>Light around a point, fading towards the radius.</summary>
    public void Glow(Vector2 centre, float radius, Vector3 colour, float strength)
    {
        for (int i = 0; i < _pixels.Length; i++)
        {
            var p = new Vector2(((i % _side) + 0.5f) / _side, ((i / _side) + 0.5f) / _side);
            float near = 1 - (Vector2.Distance(p, centre) / radius);
            if (near > 0)
                Blend(i, colour, near * near * strength);
        }
    }

    /// <summary>A soft shadow below an outline that is drawn next.</summary>
    public void Shadow(ReadOnlySpan<Vector2> outline, float offset = 0.018f)
    {
        Vector2 centre = Vector2.Zero;
        foreach (Vector2 p in outline)
            centre += p / outline.Length;
        var moved = new Vector2[outline.Length];
        for (int ring = 0; ring < 4; ring++)
        {
            for (int i = 0; i < moved.Length; i++)
                moved[i] = centre + ((outline[i] - centre) * (0.97f + (0.025f * ring))) + new Vector2(offset * 0.6f, offset);
            Fill(moved, Vector3.Zero, 0.07f);
        }
    }

    /// <summary>The picture, lit evenly by <paramref name="light"/> (1: as drawn), with grain of this deviation.</summary>
    public Pixels Finish(float light, float grain, ref CounterRandom random)
    {
        var data = new byte[_pixels.Length * 3];
        for (int i = 0; i < _pixels.Length; i++)
        {
            // Grain is of brightness, as in film: one draw a pixel, nearly normal.
            float noise = (float)((random.Unit() + random.Unit() + random.Unit() - 1.5) * 2 * grain);
            Vector3 pixel = (_pixels[i] * (255 * light)) + new Vector3(noise);
            for (int channel = 0; channel < 3; channel++)
                data[(i * 3) + channel] = (byte)Math.Clamp(MathF.Round(pixel[channel]), 0, 255);
        }

        return new Pixels(_side, _side, 3, data);
    }

    private void CoverLine(ReadOnlySpan<Vector2> outline, float y)
    {
        _crossings.Clear();
        Vector2 a = outline[^1] * _side;
        foreach (Vector2 point in outline)
        {
            Vector2 b = point * _side;
            if (a.Y > y != b.Y > y)
                _crossings.Add(a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)));
            a = b;
        }

        _crossings.Sort();
        for (int i = 1; i < _crossings.Count; i += 2)
            CoverSpan(Math.Clamp(_crossings[i - 1], 0, _side), Math.Clamp(_crossings[i], 0, _side));
    }

    private void CoverSpan(float from, float to)
    {
        const float Share = 1f / LinesPerPixel;
        int first = (int)from, last = (int)to;
        if (first == last)
        {
            if (first < _side)
                _cover[first] += (to - from) * Share;
            return;
        }

        _cover[first] += (first + 1 - from) * Share;
        for (int x = first + 1; x < last; x++)
            _cover[x] += Share;
        if (last < _side)
            _cover[last] += (to - last) * Share;
    }

    private void Blend(int pixel, Vector3 colour, float coverage)
    {
        if (coverage > 0)
            _pixels[pixel] = Vector3.Lerp(_pixels[pixel], colour, Math.Min(1, coverage));
    }

    private int Within(float x) => (int)Math.Clamp(x, 0, _side);

    private static float DistanceSquared(Vector2 p, Vector2 a, Vector2 b)
    {
        Vector2 line = b - a;
        float length = line.LengthSquared();
        float t = length == 0 ? 0 : Math.Clamp(Vector2.Dot(p - a, line) / length, 0, 1);
        return Vector2.DistanceSquared(p, a + (line * t));
    }
}
