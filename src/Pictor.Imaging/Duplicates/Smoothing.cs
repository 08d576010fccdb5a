namespace Pictor.Imaging;

/// <summary>Small filters on grey planes.</summary>
internal static class Smoothing
{
    /// <summary>The binomial filter 1 4 6 4 1 along rows and columns; edges repeat.</summary>
    public static byte[] Binomial(byte[] plane, int w, int h)
    {
        var rows = new ushort[plane.Length];
        for (int y = 0; y < h; y++)
        {
            ReadOnlySpan<byte> from = plane.AsSpan(y * w, w);
            Span<ushort> to = rows.AsSpan(y * w, w);
            for (int x = 0; x < w; x++)
                to[x] = (ushort)(from[Math.Max(0, x - 2)] + (4 * from[Math.Max(0, x - 1)]) + (6 * from[x]) + (4 * from[Math.Min(w - 1, x + 1)]) + from[Math.Min(w - 1, x + 2)]);
        }

        var smooth = new byte[plane.Length];
        for (int y = 0; y < h; y++)
        {
            int a = Math.Max(0, y - 2) * w, b = Math.Max(0, y - 1) * w, c = y * w, d = Math.Min(h - 1, y + 1) * w, e = Math.Min(h - 1, y + 2) * w;
            for (int x = 0; x < w; x++)
                smooth[c + x] = (byte)((rows[a + x] + (4 * rows[b + x]) + (6 * rows[c + x]) + (4 * rows[d + x]) + rows[e + x] + 128) >> 8);
        }

        return smooth;
    }
}

/// <summary>How much of a corner each pixel is.</summary>
internal static class CornerStrength
{
    /// <summary>det / trace of the structure tensor over 5 x 5 pixels; zero within three pixels of the border.</summary>
    public static float[] Of(byte[] plane, int w, int h)
    {
        var strength = new float[plane.Length];
        var xx = new float[plane.Length];
        var yy = new float[plane.Length];
        var xy = new float[plane.Length];
        for (int y = 1; y < h - 1; y++)
        {
            for (int x = 1; x < w - 1; x++)
            {
                int i = (y * w) + x;
                int gx = plane[i + 1] - plane[i - 1], gy = plane[i + w] - plane[i - w];
                (xx[i], yy[i], xy[i]) = (gx * gx, gy * gy, gx * gy);
            }
        }

        xx = Box(xx, w, h);
        yy = Box(yy, w, h);
        xy = Box(xy, w, h);
        for (int y = 3; y < h - 3; y++)
        {
            for (int i = (y * w) + 3; i < ((y + 1) * w) - 3; i++)
            {
                float trace = xx[i] + yy[i];
                strength[i] = trace > 0 ? ((xx[i] * yy[i]) - (xy[i] * xy[i])) / trace : 0;
            }
        }

        return strength;
    }

    private static float[] Box(float[] plane, int w, int h)
    {
        var rows = new float[plane.Length];
        for (int y = 1; y < h - 1; y++)
        {
            for (int i = (y * w) + 2; i < ((y + 1) * w) - 2; i++)
                rows[i] = plane[i - 2] + plane[i - 1] + plane[i] + plane[i + 1] + plane[i + 2];
        }

        var sums = new float[plane.Length];
        for (int i = 2 * w; i < plane.Length - (2 * w); i++)
            sums[i] = rows[i - (2 * w)] + rows[i - w] + rows[i] + rows[i + w] + rows[i + (2 * w)];
        return sums;
    }
}
