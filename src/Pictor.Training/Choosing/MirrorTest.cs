using Pictor.Datasets;

namespace Pictor.Training.Choosing;

/// <summary>
/// Whether pictures may be mirrored, asked of the pictures themselves: a nearest-mean classifier on shrunken grey pictures names held-out ones, as they are
/// and mirrored. Where mirroring costs much of what it knows, left and right matter, as for digits and letters. (What is kept above chance: MNIST
/// 0.50, Fashion-MNIST 0.82, CIFAR-10 1.02.)
/// </summary>
public static class MirrorTest
{
    private const int Side = 14;
    private const int MostPictures = 6000;
    private const double Kept = 0.7;
    private const double KnowsSomething = 0.05;

    /// <summary>True where mirroring is harmless; where the classifier knows too little to tell, colour pictures may be mirrored and grey ones not.</summary>
    public static bool MayMirror(PackedStore store)
    {
        if (store.Task != DatasetTask.SingleLabel || store.Count < 40)
            return store.Shape.Channels > 1;
        int every = Math.Max(1, store.Count / MostPictures);
        int[] positions = [.. Enumerable.Range(0, store.Count / every).Select(i => i * every)];
        int classes = store.ClassCount;
        var means = new float[classes][];
        var counts = new int[classes];
        foreach (int position in positions.Where((_, i) => i % 3 != 0))
        {
            int c = store.Classes[position];
            float[] small = Shrunk(store, position, mirrored: false);
            means[c] ??= new float[small.Length];
            for (int k = 0; k < small.Length; k++)
                means[c][k] += small[k];
            counts[c]++;
        }

        for (int c = 0; c < classes; c++)
        {
            for (int k = 0; k < (means[c]?.Length ?? 0); k++)
                means[c][k] /= counts[c];
        }

        int[] held = [.. positions.Where((_, i) => i % 3 == 0)];
        double chance = 1.0 / Math.Max(1, counts.Count(n => n > 0));
        double plain = held.Count(p => Nearest(means, Shrunk(store, p, mirrored: false)) == store.Classes[p]) / (double)held.Length - chance;
        double mirrored = held.Count(p => Nearest(means, Shrunk(store, p, mirrored: true)) == store.Classes[p]) / (double)held.Length - chance;
        return plain < KnowsSomething ? store.Shape.Channels > 1 : mirrored >= Kept * plain;
    }

    private static int Nearest(float[]?[] means, float[] picture)
    {
        int best = -1;
        float least = float.MaxValue;
        for (int c = 0; c < means.Length; c++)
        {
            if (means[c] is not { } mean)
                continue;
            float distance = 0;
            for (int k = 0; k < mean.Length; k++)
                distance += (mean[k] - picture[k]) * (mean[k] - picture[k]);
            if (distance < least)
                (best, least) = (c, distance);
        }

        return best;
    }

    // Mean over channels and over the pixels of each cell.
    private static float[] Shrunk(PackedStore store, int position, bool mirrored)
    {
        (int channels, int height, int width) = (store.Shape.Channels, store.Shape.Height, store.Shape.Width);
        int h = Math.Min(Side, height), w = Math.Min(Side, width);
        ReadOnlySpan<byte> planes = store.Planes(position);
        var cells = new float[h * w];
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int sum = 0, n = 0;
                for (int c = 0; c < channels; c++)
                {
                    for (int py = y * height / h; py < (y + 1) * height / h; py++)
                    {
                        foreach (byte value in planes.Slice((((c * height) + py) * width) + (x * width / w), ((x + 1) * width / w) - (x * width / w)))
                            (sum, n) = (sum + value, n + 1);
                    }
                }

                cells[(y * w) + (mirrored ? w - 1 - x : x)] = (float)sum / n;
            }
        }

        return cells;
    }
}
