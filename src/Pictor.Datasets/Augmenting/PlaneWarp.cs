namespace Pictor.Datasets;

/// <summary>Moves one plane. Outside the picture its edge pixels are repeated: a black border would be a mark that only training pictures carry.</summary>
internal static class PlaneWarp
{
    /// <summary>target[y, x] = source[y + dy, x + dx], mirrored when <paramref name="flip"/>.</summary>
    public static void Shift(ReadOnlySpan<byte> source, Span<byte> target, int width, int height, int dx, int dy, bool flip)
    {
        dx = Math.Clamp(dx, 1 - width, width - 1);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = source.Slice(Math.Clamp(y + dy, 0, height - 1) * width, width);
            Span<byte> to = target.Slice(y * width, width);
            int first = Math.Clamp(-dx, 0, width);
            int last = Math.Clamp(width - dx, 0, width);
            to[..first].Fill(from[0]);
            from[(first + dx)..(last + dx)].CopyTo(to[first..last]);
            to[last..].Fill(from[width - 1]);
            if (flip)
                to.Reverse();
        }
    }

    /// <summary>Turns about the centre, shifted as above; bilinear.</summary>
    public static void Rotate(ReadOnlySpan<byte> source, Span<byte> target, int width, int height, int dx, int dy, double degrees, bool flip)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        double cx = (width - 1) / 2.0, cy = (height - 1) / 2.0;
        float stepX = (float)cos, stepY = (float)sin;
        for (int y = 0; y < height; y++)
        {
            double v = y + dy - cy;
            float rowX = (float)(cx - (cx * cos) + (dx * cos) - (v * sin));
            float rowY = (float)(cy - (cx * sin) + (dx * sin) + (v * cos));
            Span<byte> to = target.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                float sx = Math.Clamp(rowX + (x * stepX), 0, width - 1);
                float sy = Math.Clamp(rowY + (x * stepY), 0, height - 1);
                int x0 = (int)sx, y0 = (int)sy;
                int x1 = Math.Min(x0 + 1, width - 1), y1 = Math.Min(y0 + 1, height - 1);
                float fx = sx - x0, fy = sy - y0;
                ReadOnlySpan<byte> top = source.Slice(y0 * width, width), bottom = source.Slice(y1 * width, width);
                float upper = top[x0] + ((top[x1] - top[x0]) * fx);
                float lower = bottom[x0] + ((bottom[x1] - bottom[x0]) * fx);
                to[x] = (byte)(upper + ((lower - upper) * fy) + 0.5f);
            }

            if (flip)
                to.Reverse();
        }
    }
}
