namespace Pictor.Imaging;

/// <summary>How much of a picture is drawn in even areas, as windows, forms and diagrams are and photographs, with their noise, are not.</summary>
public static class FlatAreas
{
    private const int WorkingSide = 256;
    private const int Even = 2;

    /// <summary>The share of pixels that differ by at most 2 of 255 in each channel from the next to the right and the next below, 0..1.</summary>
    /// <param name="pixels">Decoded, perhaps shrunk while reading.</param>
    public static double ShareOf(Pixels pixels)
    {
        Pixels small = Resizer.Fit(pixels, WorkingSide);
        int w = small.Width, h = small.Height, c = small.Channels, row = w * c, even = 0;
        if (w < 2 || h < 2)
            return 0;
        for (int y = 0; y < h - 1; y++)
        {
            for (int x = 0; x < w - 1; x++)
                even += IsEven(small.Data, (y * row) + (x * c), c, row) ? 1 : 0;
        }

        return (double)even / ((w - 1) * (h - 1));
    }

    private static bool IsEven(byte[] data, int at, int channels, int row)
    {
        for (int k = at; k < at + channels; k++)
        {
            if (Math.Abs(data[k] - data[k + channels]) > Even || Math.Abs(data[k] - data[k + row]) > Even)
                return false;
        }

        return true;
    }
}
