namespace Pictor.Metrics;

/// <summary>How far predicted numbers lie from true ones; scikit-learn's and scipy's figures, to 1e-12.</summary>
/// <param name="Samples">Samples judged.</param>
/// <param name="MeanAbsoluteError">In the target's units.</param>
/// <param name="RootMeanSquaredError">In the target's units.</param>
/// <param name="MedianAbsoluteError">In the target's units.</param>
/// <param name="MaximumError">In the target's units.</param>
/// <param name="Bias">Mean of predicted less true.</param>
/// <param name="R2">Share of the variance that is explained; 1 is perfect, 0 is as good as always saying the mean; NaN when all targets are equal.</param>
/// <param name="Spearman">Correlation of the ranks, -1..1; NaN when one side is constant.</param>
public sealed record RegressionFigures(
    int Samples, double MeanAbsoluteError, double RootMeanSquaredError, double MedianAbsoluteError, double MaximumError, double Bias, double R2, double Spearman)
{
    /// <summary>Computes everything.</summary>
    /// <param name="truth">[samples], finite, at least one.</param>
    /// <param name="predicted">[samples], finite.</param>
    /// <exception cref="ArgumentException">No sample, or lengths that differ.</exception>
    public static RegressionFigures Of(double[] truth, double[] predicted)
    {
        if (truth.Length == 0 || truth.Length != predicted.Length)
            throw new ArgumentException($"{truth.Length} targets and {predicted.Length} predictions cannot be judged.", nameof(predicted));
        double[] errors = [.. truth.Zip(predicted, (t, p) => Math.Abs(p - t))];
        double mean = truth.Average(), squares = errors.Sum(e => e * e), spread = truth.Sum(t => (t - mean) * (t - mean));
        double[] sorted = [.. errors];
        Array.Sort(sorted);
        return new RegressionFigures(
            truth.Length, errors.Average(), Math.Sqrt(squares / truth.Length), Quantile.OfSorted(sorted, 0.5), sorted[^1],
            predicted.Average() - mean, spread == 0 ? double.NaN : 1 - (squares / spread), Correlation(Ranks(truth), Ranks(predicted)));
    }

    /// <summary>95 % intervals of mean absolute error, root mean squared error and R2, by <see cref="Bootstrap"/>.</summary>
    public static (ConfidenceInterval MeanAbsoluteError, ConfidenceInterval RootMeanSquaredError, ConfidenceInterval R2) Intervals(double[] truth, double[] predicted, int seed = 1)
    {
        double centre = truth.Average();
        IReadOnlyList<ConfidenceInterval> found = Bootstrap.Intervals(truth.Length, 3, (counts, figures) =>
        {
            double absolute = 0, squares = 0, sum = 0, spread = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                double error = predicted[i] - truth[i], from = truth[i] - centre;
                absolute += counts[i] * Math.Abs(error);
                squares += counts[i] * error * error;
                sum += counts[i] * from;
                spread += counts[i] * from * from;
            }

            int n = counts.Length;
            double variance = spread - (sum * sum / n);
            (figures[0], figures[1], figures[2]) = (absolute / n, Math.Sqrt(squares / n), variance <= 0 ? double.NaN : 1 - (squares / variance));
        }, seed);
        return (found[0], found[1], found[2]);
    }

    // Equal values share the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], order);
        var ranks = new double[values.Length];
        for (int i = 0; i < order.Length;)
        {
            int end = i + 1;
            while (end < order.Length && values[order[end]] == values[order[i]])
                end++;
            for (int j = i; j < end; j++)
                ranks[order[j]] = (i + end - 1) / 2.0;
            i = end;
        }

        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), both = 0, squareA = 0, squareB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        return squareA == 0 || squareB == 0 ? double.NaN : both / Math.Sqrt(squareA * squareB);
    }
}
