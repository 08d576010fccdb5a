using System.Numerics.Tensors;
using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>
/// Embeddings minus the mean of the training part, times one factor that makes their mean squared length 1. What all pictures share is
/// most of an embedding (a ReLU lets nothing below zero) and tells nothing; without it the fit converges several times faster, and one
/// scale of penalties suits every network. It is linear, so it moves into the layer's weights and bias and costs nothing when serving.
/// </summary>
/// <param name="Mean">[length].</param>
/// <param name="Factor">Multiplies what is left.</param>
internal sealed record FeatureScaling(float[] Mean, float Factor)
{
    public static FeatureScaling Of(FeatureRows rows)
    {
        var sum = new double[rows.Length];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int i = 0; i < row.Length; i++)
                sum[i] += row[i];
        }

        float[] mean = [.. sum.Select(s => (float)(s / Math.Max(1, rows.Count)))];
        double squares = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            float distance = TensorPrimitives.Distance(rows[r], mean);
            squares += (double)distance * distance;
        }

        double spread = Math.Sqrt(squares / Math.Max(1, rows.Count));
        return new FeatureScaling(mean, spread > 1e-9 ? (float)(1 / spread) : 1);
    }

    /// <summary>Scales the rows where they lie: of a large data set there should not be two copies.</summary>
    public FeatureRows Apply(FeatureRows rows)
    {
        for (int r = 0; r < rows.Count; r++)
        {
            Span<float> row = rows.Values.AsSpan(r * rows.Length, rows.Length);
            TensorPrimitives.Subtract(row, Mean, row);
            TensorPrimitives.Multiply(row, Factor, row);
        }

        return rows;
    }

    /// <summary>The same layer for embeddings as the package gives them.</summary>
    public HeadLayer Undo(HeadLayer head)
    {
        var weights = new float[head.Weights.Length];
        TensorPrimitives.Multiply(head.Weights, Factor, weights);
        var bias = new float[head.Bias.Length];
        for (int c = 0; c < bias.Length; c++)
            bias[c] = (float)(head.Bias[c] - Dot(weights.AsSpan(c * Mean.Length, Mean.Length), Mean));
        return head with { Weights = weights, Bias = bias };
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }
}
