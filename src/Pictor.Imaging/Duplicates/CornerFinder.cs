using System.Buffers;
using System.Numerics;

namespace Pictor.Imaging;

/// <summary>
/// Finds corners on a pyramid of seven levels: those with the largest harmonic mean of the structure tensor's eigenvalues (Noble 1988), spread over
/// the picture, each with the direction of its intensity centroid (Rosin 1999).
/// </summary>
internal static class CornerFinder
{
    private const int WorkingSide = 256;
    private const int Levels = 7;
    private const double Step = 1.25;
    private const int Margin = BitPattern.Radius + 2;
    private const int CellsAcross = 6;

    // Of each row of the disc around a corner, how far it reaches to either side.
    private static readonly int[] s_reach =
        [.. Enumerable.Range(-BitPattern.Radius, (2 * BitPattern.Radius) + 1).Select(dy => (int)Math.Sqrt((BitPattern.Radius * BitPattern.Radius) - (dy * dy)))];

    public static CornerSet Find(Pixels grey, int count)
    {
        double scale = (double)WorkingSide / Math.Max(grey.Width, grey.Height);
        int width = Math.Max(1, (int)Math.Round(grey.Width * scale)), height = Math.Max(1, (int)Math.Round(grey.Height * scale));
        Pixels basis = Resizer.Resize(grey, width, height);
        var corners = new List<Corner>(count);
        double shares = Enumerable.Range(0, Levels).Sum(k => Math.Pow(Step, -k));
        for (int k = 0; k < Levels; k++)
        {
            double size = Math.Pow(Step, k);
            int w = (int)Math.Round(width / size), h = (int)Math.Round(height / size);
            if (w <= 2 * Margin || h <= 2 * Margin)
                break;
            int quota = (int)Math.Round(count / size / shares);
            Level(Resizer.Resize(basis, w, h), quota, (float)width / w, (float)height / h, corners);
        }

        return new CornerSet(width, height, [.. corners]);
    }

    private static void Level(Pixels level, int quota, float stepX, float stepY, List<Corner> corners)
    {
        (int w, int h) = (level.Width, level.Height);
        byte[] once = Smoothing.Binomial(level.Data, w, h);
        float[] strength = ArrayPool<float>.Shared.Rent(w * h);
        CornerStrength.Of(once, w, h, strength);
        List<int> peaks = Peaks(strength, w, h);
        ArrayPool<float>.Shared.Return(strength);
        byte[] blurred = Smoothing.Binomial(once, w, h);
        foreach (int at in Spread(peaks, w, h, quota))
        {
            int x = at % w, y = at / w;
            float angle = Direction(blurred, w, x, y);
            corners.Add(new Corner((x + 0.5f) * stepX, (y + 0.5f) * stepY, stepX, angle, BitPattern.Read(blurred, w, x, y, angle)));
        }
    }

    /// <summary>Local maxima, strongest first; of equally strong ones the first.</summary>
    private static List<int> Peaks(ReadOnlySpan<float> strength, int w, int h)
    {
        // Bits of positive floats are in the order of their values, so a strength and a place are one number to sort by.
        var keys = new List<ulong>();
        for (int y = Margin; y < h - Margin; y++)
        {
            int i = (y * w) + Margin, end = ((y + 1) * w) - Margin;
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
            {
                if (!AnyPeak(strength, w, i))
                    continue;
                for (int k = i; k < i + Vector<float>.Count; k++)
                    AddPeak(strength, w, k, keys);
            }

            for (; i < end; i++)
                AddPeak(strength, w, i, keys);
        }

        keys.Sort();
        return keys.ConvertAll(key => (int)(uint)key);
    }

    private static bool AnyPeak(ReadOnlySpan<float> strength, int w, int i)
    {
        var s = new Vector<float>(strength[i..]);
        Vector<float> before = Vector.Max(Vector.Max(new Vector<float>(strength[(i - w - 1)..]), new Vector<float>(strength[(i - w)..])), Vector.Max(new Vector<float>(strength[(i - w + 1)..]), new Vector<float>(strength[(i - 1)..])));
        Vector<float> after = Vector.Max(Vector.Max(new Vector<float>(strength[(i + 1)..]), new Vector<float>(strength[(i + w - 1)..])), Vector.Max(new Vector<float>(strength[(i + w)..]), new Vector<float>(strength[(i + w + 1)..])));
        return Vector.GreaterThanAny(s, Vector<float>.One) && (Vector.GreaterThan(s, before) & Vector.GreaterThanOrEqual(s, after)) != Vector<int>.Zero;
    }

    private static void AddPeak(ReadOnlySpan<float> strength, int w, int i, List<ulong> keys)
    {
        float s = strength[i];

        // Of equal neighbours the first one counts.
        if (s > 1 && s > strength[i - w - 1] && s > strength[i - w] && s > strength[i - w + 1] && s > strength[i - 1]
            && s >= strength[i + 1] && s >= strength[i + w - 1] && s >= strength[i + w] && s >= strength[i + w + 1])
        {
            keys.Add(((ulong)(uint.MaxValue - BitConverter.SingleToUInt32Bits(s)) << 32) | (uint)i);
        }
    }

    /// <summary>Each cell of a grid gives its best first, so that a crop finds corners wherever it was cut.</summary>
    private static List<int> Spread(List<int> peaks, int w, int h, int quota)
    {
        int perCell = Math.Max(1, 2 * quota / (CellsAcross * CellsAcross));
        var used = new int[CellsAcross * CellsAcross];
        var chosen = new List<int>(quota);
        var spare = new List<int>();
        foreach (int at in peaks)
        {
            int cell = (at / w * CellsAcross / h * CellsAcross) + (at % w * CellsAcross / w);
            if (used[cell]++ < perCell && chosen.Count < quota)
                chosen.Add(at);
            else
                spare.Add(at);
        }

        chosen.AddRange(spare.Take(quota - chosen.Count));
        return chosen;
    }

    private static float Direction(byte[] pixels, int w, int x, int y)
    {
        int mx = 0, my = 0;
        for (int dy = -BitPattern.Radius; dy <= BitPattern.Radius; dy++)
        {
            int reach = s_reach[dy + BitPattern.Radius], sum = 0;
            ReadOnlySpan<byte> row = pixels.AsSpan(((y + dy) * w) + x - reach, (2 * reach) + 1);
            for (int k = 0; k < row.Length; k++)
            {
                sum += row[k];
                mx += (k - reach) * row[k];
            }

            my += dy * sum;
        }

        return MathF.Atan2(my, mx);
    }
}
