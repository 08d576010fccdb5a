using System.Numerics;

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

    // Pixels at a time: their planes stay in the nearest cache.
    private const int Block = 512;

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
        byte[] luma = GC.AllocateUninitializedArray<byte>(w * h);
        Span<byte> red = stackalloc byte[Block], green = stackalloc byte[Block], blue = stackalloc byte[Block];
        for (int start = 0; start < luma.Length; start += Block)
        {
            int n = Math.Min(Block, luma.Length - start);
            Planes.Split(pixels.Data.AsSpan(3 * start, 3 * n), red[..n], green[..n], blue[..n]);
            Luma(red[..n], green[..n], blue[..n], luma.AsSpan(start, n));
        }

        return luma;
    }

    private static void Luma(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> luma)
    {
        int i = 0;
        for (; i + Vector<byte>.Count <= luma.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(red[i..]), out Vector<ushort> r, out Vector<ushort> r2);
            Vector.Widen(new Vector<byte>(green[i..]), out Vector<ushort> g, out Vector<ushort> g2);
            Vector.Widen(new Vector<byte>(blue[i..]), out Vector<ushort> b, out Vector<ushort> b2);
            Vector.Narrow(Luma(r, g, b), Luma(r2, g2, b2)).CopyTo(luma[i..]);
        }

        for (; i < luma.Length; i++)
            luma[i] = (byte)(((red[i] * 299) + (green[i] * 587) + (blue[i] * 114) + 500) / 1000);
    }

    private static Vector<ushort> Luma(Vector<ushort> red, Vector<ushort> green, Vector<ushort> blue)
    {
        Vector.Widen(red, out Vector<uint> r, out Vector<uint> r2);
        Vector.Widen(green, out Vector<uint> g, out Vector<uint> g2);
        Vector.Widen(blue, out Vector<uint> b, out Vector<uint> b2);
        return Vector.Narrow(Luma(r, g, b), Luma(r2, g2, b2));
    }

    // An eighth times 134218 / 2^24 is a thousandth, exact for every whole number up to 255,500.
    private static Vector<uint> Luma(Vector<uint> red, Vector<uint> green, Vector<uint> blue) =>
        Vector.ShiftRightLogical(Vector.ShiftRightLogical((red * 299u) + (green * 587u) + (blue * 114u) + new Vector<uint>(500), 3) * 134218u, 24);

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
        Span<long> sums = stackalloc long[TilesAcross * TilesAcross], squares = stackalloc long[TilesAcross * TilesAcross];
        Span<double> variances = stackalloc double[TilesAcross * TilesAcross];
        Span<int> counts = stackalloc int[TilesAcross * TilesAcross];
        sums.Clear();
        squares.Clear();
        counts.Clear();
        for (int y = 1; y < h - 1; y++)
        {
            ReadOnlySpan<byte> above = luma.AsSpan((y - 1) * w, w), row = luma.AsSpan(y * w, w), below = luma.AsSpan((y + 1) * w, w);
            for (int across = 0; across < TilesAcross; across++)
            {
                // The pixels x of this tile: those with across = x * 4 / w, without the border.
                int tile = (y * TilesAcross / h * TilesAcross) + across;
                int from = Math.Max(1, ((across * w) + TilesAcross - 1) / TilesAcross), to = Math.Min(w - 1, (((across + 1) * w) + TilesAcross - 1) / TilesAcross);
                (int sum, int square) = (0, 0);
                for (int x = from; x < to; x++)
                {
                    int laplacian = above[x] + below[x] + row[x - 1] + row[x + 1] - (4 * row[x]);
                    sum += laplacian;
                    square += laplacian * laplacian;
                }

                sums[tile] += sum;
                squares[tile] += square;
                counts[tile] += Math.Max(0, to - from);
            }
        }

        for (int t = 0; t < variances.Length; t++)
            variances[t] = counts[t] == 0 ? 0 : ((double)squares[t] / counts[t]) - ((double)sums[t] / counts[t] * ((double)sums[t] / counts[t]));
        variances.Sort();
        return Math.Log10(Math.Max(Floor, variances[^2] / (deviation * deviation)));
    }
}
