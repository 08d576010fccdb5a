namespace Pictor.Imaging;

/// <summary>A picture as a small grey one: its own pixels up to 48 x 48, else stretched to that; and again at 16 x 16 for hashing.</summary>
internal sealed class GreyCopy
{
    public const int Side = 48;
    public const int CoarseSide = 16;

    // A picture whose grey values hardly differ correlates with noise.
    private const double LeastDeviation = 2.0;

    private GreyCopy(Pixels fine, byte[] coarse, double aspect)
    {
        (Width, Height, Fine) = (fine.Width, fine.Height, fine.Data);
        Coarse = coarse;
        Aspect = aspect;
        IsFlat = Deviation(fine.Data) < LeastDeviation;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width].</summary>
    public byte[] Fine { get; }

    /// <summary>[16, 16].</summary>
    public byte[] Coarse { get; }

    /// <summary>Width over height of the picture itself.</summary>
    public double Aspect { get; }

    /// <summary>True when there is nothing in it that could be compared.</summary>
    public bool IsFlat { get; }

    /// <summary>True when <see cref="Fine"/> holds the pixels as they are.</summary>
    public bool IsWhole { get; private init; }

    public static GreyCopy Of(Pixels grey)
    {
        bool whole = grey.Width <= Side && grey.Height <= Side;
        Pixels fine = whole ? grey : Resizer.Resize(grey, Side, Side);
        return new GreyCopy(fine, Resizer.Resize(grey, CoarseSide, CoarseSide).Data, (double)grey.Width / grey.Height) { IsWhole = whole };
    }

    /// <summary>One that was taken before.</summary>
    public static GreyCopy From(Pixels fine, byte[] coarse, double aspect, bool whole) => new(fine, coarse, aspect) { IsWhole = whole };

    /// <summary>The eight ways of laying a picture: bit 0 mirrors left to right, bit 1 upside down, bit 2 swaps rows and columns first.</summary>
    public static byte[] Laid(byte[] pixels, int width, int height, int way)
    {
        if (way == 0)
            return pixels;
        (int w, int h) = (way & 4) == 0 ? (width, height) : (height, width);
        var laid = new byte[pixels.Length];
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int fx = (way & 1) == 0 ? x : w - 1 - x, fy = (way & 2) == 0 ? y : h - 1 - y;
                laid[(y * w) + x] = (way & 4) == 0 ? pixels[(fy * width) + fx] : pixels[(fx * width) + fy];
            }
        }

        return laid;
    }

    private static double Deviation(byte[] values)
    {
        long sum = 0, squares = 0;
        foreach (byte v in values)
            (sum, squares) = (sum + v, squares + (v * v));
        double mean = (double)sum / values.Length;
        return Math.Sqrt(Math.Max(0, ((double)squares / values.Length) - (mean * mean)));
    }
}
