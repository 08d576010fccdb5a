using System.Numerics.Tensors;

namespace Pictor.Training.Projecting;

/// <summary>
/// A linear map under which pictures of a class lie close and classes far apart: the spread within classes is made round (whitened), then the directions in which class means
/// differ most are kept (Fisher 1936; Rao 1948). Training for classes alone leaves directions in an embedding that vary much and tell nothing.
/// </summary>
/// <param name="Mean">[embedding], taken off first.</param>
/// <param name="Map">[embedding, length], row by row.</param>
/// <param name="Length">Of the result.</param>
internal sealed record DiscriminantProjection(float[] Mean, float[] Map, int Length)
{
    /// <summary>Fits.</summary>
    /// <param name="scatter">Of the embeddings to fit on.</param>
    /// <param name="length">Directions to keep.</param>
    /// <param name="shrinkage">Added to the spread of every direction, in units of the mean spread: directions with next to none would become noise (Ledoit and Wolf 2004).</param>
    /// <param name="emphasis">Power by which directions weigh by how well they divide classes (variance between over total); 0: all alike.</param>
    public static DiscriminantProjection Fit(ClassScatter scatter, int length, double shrinkage, double emphasis)
    {
        int n = scatter.Length;
        (double[] spreads, double[] axes) = scatter.WithinAxes;
        double added = shrinkage * spreads.Average();

        // Rows: axes of the whitened space.
        double[] whitening = new double[n * n];
        for (int i = 0; i < n; i++)
            TensorPrimitives.Multiply(axes.AsSpan(i * n, n), 1 / Math.Sqrt(Math.Max(0, spreads[i]) + added + 1e-12), whitening.AsSpan(i * n, n));

        (double[] between, double[] directions) = SymmetricEigen.Of(Sandwich(whitening, scatter.Between, n), n);
        float[] map = new float[n * length];
        double[] column = new double[n];
        for (int k = 0; k < length; k++)
        {
            Array.Clear(column);
            for (int i = 0; i < n; i++)
                TensorPrimitives.MultiplyAdd(whitening.AsSpan(i * n, n), directions[(k * n) + i], column, column);
            double strength = Math.Max(0, between[k]), weight = emphasis == 0 ? 1 : Math.Pow(strength / (1 + strength), emphasis);
            for (int i = 0; i < n; i++)
                map[(i * length) + k] = (float)(weight * column[i]);
        }

        return new DiscriminantProjection([.. scatter.Mean.Select(m => (float)m)], map, length);
    }

    /// <summary>[count, length] of unit length, of embeddings [count, embedding].</summary>
    public float[] Apply(float[] embeddings)
    {
        int n = Mean.Length, count = embeddings.Length / n;
        float[] result = new float[count * Length];
        Parallel.For(0, count, r =>
        {
            Span<float> row = result.AsSpan(r * Length, Length);
            for (int i = 0; i < n; i++)
                TensorPrimitives.MultiplyAdd(Map.AsSpan(i * Length, Length), embeddings[(r * n) + i] - Mean[i], row, row);
            float norm = TensorPrimitives.Norm(row);
            TensorPrimitives.Divide(row, Math.Max(norm, 1e-12f), row);
        });
        return result;
    }

    // W S transposed(W), made symmetric to the last bit.
    private static double[] Sandwich(double[] w, double[] s, int n)
    {
        double[] left = new double[n * n], result = new double[n * n];
        Parallel.For(0, n, i =>
        {
            for (int j = 0; j < n; j++)
                TensorPrimitives.MultiplyAdd(s.AsSpan(j * n, n), w[(i * n) + j], left.AsSpan(i * n, n), left.AsSpan(i * n, n));
            for (int j = 0; j < n; j++)
                result[(i * n) + j] = TensorPrimitives.Dot(left.AsSpan(i * n, n), w.AsSpan(j * n, n));
        });
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
                result[(i * n) + j] = result[(j * n) + i] = (result[(i * n) + j] + result[(j * n) + i]) / 2;
        }

        return result;
    }
}
