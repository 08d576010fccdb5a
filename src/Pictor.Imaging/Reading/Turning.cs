namespace Pictor.Imaging;

/// <summary>Turns stored pixels upright by EXIF orientation (Exif 2.32, tag 0x0112).</summary>
internal static class Turning
{
    internal static Pixels Upright(Pixels stored, int orientation)
    {
        if (orientation is < 2 or > 8)
            return stored;
        (int w, int h, int c) = (stored.Width, stored.Height, stored.Channels);
        bool lying = orientation >= 5;
        int width = lying ? h : w, height = lying ? w : h;

        // Where the upright picture's first pixel is stored, and how far one step right or down in it moves among the stored pixels.
        (int start, int right, int down) = orientation switch
        {
            2 => (w - 1, -1, w),
            3 => ((h * w) - 1, -1, -w),
            4 => ((h - 1) * w, 1, -w),
            5 => (0, w, 1),
            6 => ((h - 1) * w, -w, 1),
            7 => ((h * w) - 1, -w, -1),
            _ => (w - 1, w, -1),
        };
        byte[] from = stored.Data;
        byte[] to = GC.AllocateUninitializedArray<byte>(from.Length);
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            int source = start + (y * down);
            for (int x = 0; x < width; x++, source += right)
            {
                for (int k = 0; k < c; k++)
                    to[at++] = from[(source * c) + k];
            }
        }

        return new Pixels(width, height, c, to);
    }
}
