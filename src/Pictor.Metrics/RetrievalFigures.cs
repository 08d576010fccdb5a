using System.Numerics;
using System.Runtime.InteropServices;

namespace Pictor.Metrics;

/// <summary>How well vectors find others of their class: each asks for its nearest by cosine, and those of the same class are relevant.</summary>
/// <param name="MeanAveragePrecision">
/// At the depth, 0..1: the mean over queries of the sum of the precisions at the relevant ranks, divided by what could be relevant there (Manning et al. 2008, 8.4, cut at the depth).
/// </param>
/// <param name="FirstRight">Share of queries whose nearest is of their class.</param>
public sealed record RetrievalFigures(double MeanAveragePrecision, double FirstRight)
{
    /// <summary>Judges by comparing each with each; queries whose class has no other are left out.</summary>
    /// <param name="vectors">[count, length], row by row, of unit length.</param>
    /// <param name="length">Of a vector.</param>
    /// <param name="classes">[count].</param>
    /// <param name="depth">How many are looked at.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or no class has two vectors.</exception>
    public static RetrievalFigures Of(float[] vectors, int length, IReadOnlyList<int> classes, int depth = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)vectors.Length, (long)length * classes.Count, nameof(vectors));
        Dictionary<int, int> sizes = classes.CountBy(c => c).ToDictionary();
        int[] queries = [.. Enumerable.Range(0, classes.Count).Where(i => sizes[classes[i]] > 1)];
        if (queries.Length == 0)
            throw new ArgumentException("No class has two vectors.", nameof(classes));
        double[] precisions = new double[queries.Length];
        bool[] first = new bool[queries.Length];
        Parallel.For(0, queries.Length, q =>
        {
            int query = queries[q];
            int[] nearest = Nearest(vectors, length, query, Math.Min(depth, classes.Count - 1));
            double sum = 0;
            int found = 0;
            for (int rank = 0; rank < nearest.Length; rank++)
            {
                if (classes[nearest[rank]] == classes[query])
                    sum += (double)++found / (rank + 1);
            }

            precisions[q] = sum / Math.Min(depth, sizes[classes[query]] - 1);
            first[q] = classes[nearest[0]] == classes[query];
        });
        return new RetrievalFigures(precisions.Average(), (double)first.Count(f => f) / queries.Length);
    }

    // Equal scores in the order of the vectors.
    private static int[] Nearest(float[] vectors, int length, int query, int depth)
    {
        Span<float> wanted = vectors.AsSpan(query * length, length);
        var best = new PriorityQueue<int, (float Score, int Order)>();
        for (int i = 0; i < vectors.Length / length; i++)
        {
            if (i == query)
                continue;
            (float, int) rank = (Dot(wanted, vectors.AsSpan(i * length, length)), -i);
            if (best.Count < depth)
                best.Enqueue(i, rank);
            else
                best.EnqueueDequeue(i, rank);
        }

        int[] nearest = new int[best.Count];
        for (int k = nearest.Length - 1; k >= 0; k--)
            nearest[k] = best.Dequeue();
        return nearest;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        float total = Vector.Sum(sum);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }
}
