using System.Numerics.Tensors;

namespace Pictor.Training.Projecting;

/// <summary>How embeddings spread within their classes, and class means around the common mean: each class counts by its pictures.</summary>
internal sealed class ClassScatter
{
    private readonly Lazy<(double[] Values, double[] Vectors)> _axes;

    private ClassScatter(double[] mean, double[] within, double[] between, int length)
    {
        (Mean, Between, Length) = (mean, between, length);
        _axes = new(() => SymmetricEigen.Of(within, length));
    }

    /// <summary>[embedding].</summary>
    public double[] Mean { get; }

    /// <summary>[embedding, embedding]: covariance of the class means.</summary>
    public double[] Between { get; }

    /// <summary>Of an embedding.</summary>
    public int Length { get; }

    /// <summary>Variances within classes along their principal axes (rows), the largest first.</summary>
    public (double[] Values, double[] Vectors) WithinAxes => _axes.Value;

    /// <param name="embeddings">[count, embedding].</param>
    /// <param name="length">Of an embedding.</param>
    /// <param name="classes">[count].</param>
    public static ClassScatter Of(float[] embeddings, int length, IReadOnlyList<int> classes)
    {
        int slots = classes.Max() + 1;
        double[] sums = new double[slots * length], mean = new double[length];
        int[] counts = new int[slots];
        double[] row = new double[length];
        for (int i = 0; i < classes.Count; i++)
        {
            counts[classes[i]]++;
            TensorPrimitives.ConvertChecked<float, double>(embeddings.AsSpan(i * length, length), row);
            Span<double> sum = sums.AsSpan(classes[i] * length, length);
            TensorPrimitives.Add(sum, row, sum);
            TensorPrimitives.Add(mean, row, mean);
        }

        TensorPrimitives.Divide(mean, classes.Count, mean);
        double[] within = new double[length * length], between = new double[length * length];
        for (int i = 0; i < classes.Count; i++)
        {
            TensorPrimitives.ConvertChecked<float, double>(embeddings.AsSpan(i * length, length), row);
            for (int k = 0; k < length; k++)
                row[k] -= sums[(classes[i] * length) + k] / counts[classes[i]];
            AddOuter(within, row, 1.0 / classes.Count);
        }

        for (int c = 0; c < slots; c++)
        {
            if (counts[c] == 0)
                continue;
            for (int k = 0; k < length; k++)
                row[k] = (sums[(c * length) + k] / counts[c]) - mean[k];
            AddOuter(between, row, (double)counts[c] / classes.Count);
        }

        return new ClassScatter(mean, within, between, length);
    }

    private static void AddOuter(double[] matrix, double[] row, double weight)
    {
        for (int i = 0; i < row.Length; i++)
        {
            Span<double> target = matrix.AsSpan(i * row.Length, row.Length);
            TensorPrimitives.MultiplyAdd(row, weight * row[i], target, target);
        }
    }
}
