using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Scanning;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Tests;

/// <summary>The plain reference: every score, sorted.</summary>
internal static class BruteForce
{
    public static Neighbour[] Search(IEnumerable<KeyValuePair<long, float[]>> rows, float[] query, int count, Func<long, bool>? filter = null) =>
        [.. rows.Where(row => filter?.Invoke(row.Key) ?? true).Select(row => new Neighbour(row.Key, Score(row.Value, query)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(count)];

    /// <summary>Thirty-two sums in a plain loop: what <see cref="Fp32"/> promises.</summary>
    public static float Score(float[] a, float[] b)
    {
        float[] sums = new float[32];
        for (int i = 0; i < a.Length; i++)
        {
            float product = a[i] * b[i];
            sums[i % 32] += product;
        }

        for (int half = 16; half > 0; half /= 2)
            for (int i = 0; i < half; i++) sums[i] += sums[i + half];
        return sums[0];
    }

    public static double TrueScore(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    public static FlatIndex Index(int dimensions, KernelKind kernel, int rowsPerChunk = 8) => new(new RowShape(dimensions, rowsPerChunk), kernel);

    public static FlatIndex Index(IReadOnlyList<float[]> vectors, KernelKind kernel, int rowsPerChunk = 8)
    {
        FlatIndex index = Index(vectors[0].Length, kernel, rowsPerChunk);
        for (int i = 0; i < vectors.Count; i++) index.Set(i, vectors[i]);
        return index;
    }
}
