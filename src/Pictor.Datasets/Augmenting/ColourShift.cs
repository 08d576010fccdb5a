using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Changes of colour, a block of pixels at a time in vectors of numbers. Grey pictures stay as they are.</summary>
internal static class ColourShift
{
    private const int Block = 256;

    /// <summary>Saturation first, then hue, rounded to bytes once.</summary>
    /// <param name="planes">[3, height, width]; changed in place.</param>
    /// <param name="shape">With 1 channel nothing happens.</param>
    /// <param name="saturation">Factor of the distance from the luma (BT.601, as Pillow's Color); 0 gives grey, 1 changes nothing.</param>
    /// <param name="hue">Turn in parts of the circle, -1..1, as in HSV: value and saturation stay.</param>
    public static void Apply(Span<byte> planes, PictureShape shape, float saturation, float hue)
    {
        if (shape.Channels != 3)
            return;
        int area = shape.Height * shape.Width;
        Span<float> r = stackalloc float[Block], g = stackalloc float[Block], b = stackalloc float[Block];
        for (int start = 0; start < area; start += Block)
        {
            int count = Math.Min(Block, area - start);
            Span<byte> red = planes.Slice(start, count), green = planes.Slice(area + start, count), blue = planes.Slice((2 * area) + start, count);
            Widen(red, r);
            Widen(green, g);
            Widen(blue, b);
            for (int i = 0; i < count; i += Vector<float>.Count)
            {
                Vector<float> x = new(r[i..]), y = new(g[i..]), z = new(b[i..]);
                if (saturation != 1)
                    Saturate(ref x, ref y, ref z, saturation);
                if (hue != 0)
                    Turn(ref x, ref y, ref z, hue * 6);
                x.CopyTo(r[i..]);
                y.CopyTo(g[i..]);
                z.CopyTo(b[i..]);
            }

            Narrow(r, red);
            Narrow(g, green);
            Narrow(b, blue);
        }
    }

    private static void Saturate(ref Vector<float> r, ref Vector<float> g, ref Vector<float> b, float factor)
    {
        Vector<float> luma = (r * 0.299f) + (g * 0.587f) + (b * 0.114f);
        r = Clamp(luma + ((r - luma) * factor));
        g = Clamp(luma + ((g - luma) * factor));
        b = Clamp(luma + ((b - luma) * factor));
    }

    /// <summary>Hue in sixths of the circle; back from HSV by f(n) = v - c max(0, min(k, 4 - k, 1)), k = (n + h) mod 6.</summary>
    private static void Turn(ref Vector<float> r, ref Vector<float> g, ref Vector<float> b, float sixths)
    {
        Vector<float> most = Vector.Max(Vector.Max(r, g), b), chroma = most - Vector.Min(Vector.Min(r, g), b);
        Vector<float> scale = Vector<float>.One / Vector.Max(chroma, Vector<float>.One);
        Vector<float> ifRed = (g - b) * scale, ifGreen = ((b - r) * scale) + new Vector<float>(2), ifBlue = ((r - g) * scale) + new Vector<float>(4);
        Vector<float> h = Vector.ConditionalSelect(Vector.Equals(most, r), ifRed, Vector.ConditionalSelect(Vector.Equals(most, g), ifGreen, ifBlue)) + new Vector<float>(sixths);
        r = most - (chroma * Ramp(h + new Vector<float>(5)));
        g = most - (chroma * Ramp(h + new Vector<float>(3)));
        b = most - (chroma * Ramp(h + Vector<float>.One));
    }

    private static Vector<float> Ramp(Vector<float> k)
    {
        var six = new Vector<float>(6);
        k -= Vector.Floor(k / six) * six;
        return Vector.Max(Vector<float>.Zero, Vector.Min(Vector.Min(k, new Vector<float>(4) - k), Vector<float>.One));
    }

    private static Vector<float> Clamp(Vector<float> v) => Vector.Min(Vector.Max(v, Vector<float>.Zero), new Vector<float>(255));

    private static void Widen(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        int i = 0, lanes = Vector<float>.Count;
        for (; i + (4 * lanes) <= bytes.Length; i += 4 * lanes)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
            Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
            Vector.ConvertToSingle(Vector.AsVectorInt32(a)).CopyTo(values[i..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(b)).CopyTo(values[(i + lanes)..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(c)).CopyTo(values[(i + (2 * lanes))..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(d)).CopyTo(values[(i + (3 * lanes))..]);
        }

        for (; i < bytes.Length; i++)
            values[i] = bytes[i];
    }

    private static void Narrow(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        int i = 0, lanes = Vector<float>.Count;
        for (; i + (4 * lanes) <= bytes.Length; i += 4 * lanes)
        {
            Vector<ushort> low = Vector.Narrow(Rounded(values[i..]), Rounded(values[(i + lanes)..])), high = Vector.Narrow(Rounded(values[(i + (2 * lanes))..]), Rounded(values[(i + (3 * lanes))..]));
            Vector.Narrow(low, high).CopyTo(bytes[i..]);
        }

        for (; i < bytes.Length; i++)
            bytes[i] = (byte)(int)(values[i] + 0.5f);
    }

    private static Vector<uint> Rounded(ReadOnlySpan<float> values) => Vector.AsVectorUInt32(Vector.ConvertToInt32(new Vector<float>(values) + new Vector<float>(0.5f)));
}
