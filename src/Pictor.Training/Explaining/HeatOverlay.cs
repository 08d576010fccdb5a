using Pictor.Imaging;

namespace Pictor.Training.Explaining;

/// <summary>A map laid over its picture: grey where nothing depends, yellow to red where the answer rests on it, blue where it speaks against the answer.</summary>
internal static class HeatOverlay
{
    private static readonly (double At, double R, double G, double B)[] s_warm = [(0, 255, 226, 120), (0.5, 253, 141, 60), (1, 189, 0, 38)];
    private static readonly (double At, double R, double G, double B)[] s_cold = [(0, 198, 219, 239), (1, 8, 81, 156)];

    /// <summary>The overlay, at the picture's shape, its longer side about <paramref name="longSide"/> pixels.</summary>
    /// <param name="picture">Upright.</param>
    /// <param name="drops">[grid, grid].</param>
    /// <param name="grid">1 or more.</param>
    /// <param name="region">How the map lies over the picture.</param>
    /// <param name="longSide">Of the overlay.</param>
    public static Pixels Draw(Pixels picture, double[] drops, int grid, SeenRegion region, int longSide)
    {
        double scale = (double)longSide / Math.Max(picture.Width, picture.Height);
        Pixels shown = Resizer.Resize(picture, Side(picture.Width), Side(picture.Height));
        var data = new byte[shown.Width * shown.Height * 3];
        double most = Math.Max(1e-12, drops.Max(Math.Abs));
        for (int y = 0; y < shown.Height; y++)
        {
            for (int x = 0; x < shown.Width; x++)
            {
                int at = (y * shown.Width) + x;
                double u = (((x + 0.5) / shown.Width) - region.X) / region.Width, v = (((y + 0.5) / shown.Height) - region.Y) / region.Height;
                bool seen = u is >= 0 and < 1 && v is >= 0 and < 1;
                Blend(data.AsSpan(at * 3, 3), Luma(shown, at), seen ? At(drops, grid, u, v) / most : 0, seen);
            }
        }

        return new Pixels(shown.Width, shown.Height, 3, data);

        int Side(int side) => Math.Max(1, (int)Math.Round(side * scale));
    }

    // What the network never saw is shown dim.
    private static void Blend(Span<byte> pixel, double luma, double heat, bool seen)
    {
        double grey = seen ? 40 + (luma * 0.8) : luma * 0.35, strength = 0.8 * Math.Pow(Math.Abs(heat), 0.8);
        (double r, double g, double b) = Colour(heat >= 0 ? s_warm : s_cold, Math.Abs(heat));
        pixel[0] = Mix(grey, r, strength);
        pixel[1] = Mix(grey, g, strength);
        pixel[2] = Mix(grey, b, strength);
    }

    private static byte Mix(double grey, double colour, double strength) => (byte)Math.Clamp(Math.Round((grey * (1 - strength)) + (colour * strength)), 0, 255);

    private static (double R, double G, double B) Colour((double At, double R, double G, double B)[] ramp, double value)
    {
        int i = 1;
        while (i < ramp.Length - 1 && value > ramp[i].At)
            i++;
        (double at, double r, double g, double b) = ramp[i - 1];
        double part = Math.Clamp((value - at) / (ramp[i].At - at), 0, 1);
        return (r + (part * (ramp[i].R - r)), g + (part * (ramp[i].G - g)), b + (part * (ramp[i].B - b)));
    }

    // Bilinear between the centres of the cells.
    private static double At(double[] drops, int grid, double u, double v)
    {
        double x = Math.Clamp((u * grid) - 0.5, 0, grid - 1), y = Math.Clamp((v * grid) - 0.5, 0, grid - 1);
        int left = (int)x, top = (int)y, right = Math.Min(grid - 1, left + 1), bottom = Math.Min(grid - 1, top + 1);
        double above = Between(drops[(top * grid) + left], drops[(top * grid) + right], x - left);
        double below = Between(drops[(bottom * grid) + left], drops[(bottom * grid) + right], x - left);
        return Between(above, below, y - top);
    }

    private static double Between(double a, double b, double part) => a + (part * (b - a));

    private static double Luma(Pixels picture, int at) => picture.Channels == 1
        ? picture.Data[at]
        : (0.299 * picture.Data[at * 3]) + (0.587 * picture.Data[(at * 3) + 1]) + (0.114 * picture.Data[(at * 3) + 2]);
}
