namespace Pictor.Imaging;

/// <summary>How bright and how sharp a picture is. Luma is BT.601, 0..255, of the picture shrunk to at most 256 pixels on its longer side, never enlarged.</summary>
/// <param name="Deviation">Standard deviation of luma.</param>
/// <param name="Dark">The luma that 2 % of the pixels stay below.</param>
/// <param name="Mostly">The luma that 85 % of the pixels stay below.</param>
/// <param name="Bright">The luma that 98 % of the pixels stay below.</param>
/// <param name="Entropy">Bits of information in the histogram of luma with 64 bins, 0..6.</param>
/// <param name="Sharpness">
/// Decimal logarithm of the variance of the Laplacian in the second sharpest of 16 tiles over the variance of luma in the whole picture. One sharp part is enough, for a portrait
/// before a soft background is not blurry; divided by the contrast, so that fog is not blur; at a fixed size, for what a network does not get to see does not count.
/// </param>
public readonly record struct LumaFacts(double Deviation, double Dark, double Mostly, double Bright, double Entropy, double Sharpness)
{
    internal const int WorkingSide = 256;
    private const int TilesAcross = 4;
    private const int Bins = 64;

    /// <summary>Measures.</summary>
    /// <param name="pixels">Decoded, perhaps shrunk while reading.</param>
    public static LumaFacts Of(Pixels pixels)
    {
        byte[] luma = Luma(Resizer.Fit(pixels, WorkingSide), out int w, out int h);
        var histogram = new int[256];
        foreach (byte v in luma)
            histogram[v]++;
        (double deviation, double entropy) = Spread(histogram, luma.Length);
        return new LumaFacts(deviation, Quantile(histogram, luma.Length, 0.02), Quantile(histogram, luma.Length, 0.85), Quantile(histogram, luma.Length, 0.98), entropy, SharpnessOf(luma, w, h, deviation));
    }

    private static byte[] Luma(Pixels pixels, out int w, out int h)
    {
        (w, h) = (pixels.Width, pixels.Height);
        if (pixels.Channels == 1)
            return pixels.Data;
        var luma = new byte[w * h];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (byte)(((pixels.Data[3 * i] * 299) + (pixels.Data[(3 * i) + 1] * 587) + (pixels.Data[(3 * i) + 2] * 114) + 500) / 1000);
        return luma;
    }

    private static (double Deviation, double Entropy) Spread(int[] histogram, int count)
    {
        double sum = 0, squares = 0, entropy = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            int inBin = 0;
            for (int v = bin * 256 / Bins; v < (bin + 1) * 256 / Bins; v++)
            {
                inBin += histogram[v];
                sum += (double)histogram[v] * v;
                squares += (double)histogram[v] * v * v;
            }

            double share = (double)inBin / count;
            entropy -= share > 0 ? share * Math.Log2(share) : 0;
        }

        double mean = sum / count;
        return (Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))), entropy);
    }

    private static double Quantile(int[] histogram, int count, double share)
    {
        int below = 0;
        for (int v = 0; v < 256; v++)
        {
            below += histogram[v];
            if (below >= share * count)
                return v;
        }

        return 255;
    }

    private static double SharpnessOf(byte[] luma, int w, int h, double deviation)
    {
        const double Floor = 1e-4;
        if (w < 3 || h < 3 || deviation < 1)
            return Math.Log10(Floor);
        Span<double> sums = stackalloc double[TilesAcross * TilesAcross], squares = stackalloc double[TilesAcross * TilesAcross], variances = stackalloc double[TilesAcross * TilesAcross];
        Span<int> counts = stackalloc int[TilesAcross * TilesAcross];
        sums.Clear();
        squares.Clear();
        counts.Clear();
        for (int y = 1; y < h - 1; y++)
        {
            int row = y * TilesAcross / h * TilesAcross;
            for (int x = 1; x < w - 1; x++)
            {
                int i = (y * w) + x, tile = row + (x * TilesAcross / w);
                int laplacian = luma[i - w] + luma[i + w] + luma[i - 1] + luma[i + 1] - (4 * luma[i]);
                sums[tile] += laplacian;
                squares[tile] += laplacian * laplacian;
                counts[tile]++;
            }
        }

        for (int t = 0; t < variances.Length; t++)
            variances[t] = counts[t] == 0 ? 0 : (squares[t] / counts[t]) - (sums[t] / counts[t] * (sums[t] / counts[t]));
        variances.Sort();
        return Math.Log10(Math.Max(Floor, variances[^2] / (deviation * deviation)));
    }
}
