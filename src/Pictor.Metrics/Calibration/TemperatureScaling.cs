namespace Pictor.Metrics;

/// <summary>
/// Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 9): probabilities are softmax(logits / T) with one T above 0 for all
/// classes, chosen for the smallest log loss on pictures that were not trained on. The order of the classes, and so the answer, stays.
/// </summary>
/// <remarks>
/// In 1/T the log loss is convex, so its slope has one root at most: Newton's method finds it, and a bisection takes over wherever Newton would leave the bracket.
/// Logits may be off by a constant for each sample; logarithms of probabilities therefore do as well as logits.
/// </remarks>
public static class TemperatureScaling
{
    /// <summary>The smallest temperature given.</summary>
    public const double Lowest = 0.05;

    /// <summary>The largest temperature given.</summary>
    public const double Highest = 20;

    private const int Chunk = 4096;

    // The logarithm of the smallest normal float: a probability that was rounded to zero was not surer than this.
    private const double LeastLog = -87.33;

    /// <summary>The temperature with the smallest log loss, <see cref="Lowest"/>..<see cref="Highest"/>; 1 where nothing can be learnt: no samples, or every answer right, which no finite T is best for.</summary>
    /// <param name="logits">[samples, classes]: logits, or logarithms of probabilities. Values that are not finite count as -87.</param>
    /// <param name="classes">1 or more.</param>
    /// <param name="labels">[samples], 0..classes - 1.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a label out of range.</exception>
    public static double Fit(double[] logits, int classes, int[] labels)
    {
        Check(logits.Length, classes, labels);
        if (labels.Length == 0 || AllRight(logits, classes, labels))
            return 1;
        double low = 1 / Highest, high = 1 / Lowest;
        if (Slope(logits, classes, labels, low).First >= 0)
            return Highest;
        if (Slope(logits, classes, labels, high).First <= 0)
            return Lowest;
        double beta = 1;
        for (int step = 0; step < 100 && high - low > 1e-13 * high; step++)
        {
            (double first, double second) = Slope(logits, classes, labels, beta);
            if (first == 0)
                break;
            (low, high) = first < 0 ? (beta, high) : (low, beta);
            double next = beta - (first / second);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            bool still = Math.Abs(next - beta) <= 1e-13 * beta;
            beta = next;
            if (still)
                break;
        }

        return 1 / beta;
    }

    /// <summary>The same for 32-bit logits, as networks give them.</summary>
    /// <inheritdoc cref="Fit(double[], int, int[])"/>
    public static double Fit(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels)
    {
        var wide = new double[logits.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = logits[i];
        return Fit(wide, classes, labels.ToArray());
    }

    /// <summary>From probabilities, by way of their logarithms.</summary>
    public static double Fit(PredictionTable table) => Fit(Logarithms(table), table.Classes, table.Truth.ToArray());

    /// <summary>Mean log loss at a temperature.</summary>
    /// <inheritdoc cref="Fit(double[], int, int[])"/>
    public static double LogLoss(double[] logits, int classes, int[] labels, double temperature)
    {
        Check(logits.Length, classes, labels);
        double loss = 0;
        var row = new double[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            double top = Row(logits, i, 1 / temperature, row), sum = 0;
            foreach (double value in row)
                sum += Math.Exp(value - top);
            loss += top + Math.Log(sum) - row[labels[i]];
        }

        return loss / labels.Length;
    }

    /// <summary>The table with each sample's probabilities raised to 1/T and brought back to the sum 1.</summary>
    /// <param name="table">The predictions.</param>
    /// <param name="temperature">Above 0.</param>
    public static PredictionTable Apply(PredictionTable table, double temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        double[] values = Logarithms(table);
        for (int i = 0; i < table.Samples; i++)
        {
            Span<double> row = values.AsSpan(i * table.Classes, table.Classes);
            double top = double.MinValue, sum = 0;
            foreach (double value in row)
                top = Math.Max(top, value);
            foreach (ref double value in row)
                sum += value = Math.Exp((value - top) / temperature);
            foreach (ref double value in row)
                value /= sum;
        }

        return new PredictionTable(table.Classes, table.Truth.ToArray(), values);
    }

    internal static double[] Logarithms(PredictionTable table)
    {
        var logs = new double[table.Samples * table.Classes];
        for (int i = 0; i < table.Samples; i++)
        {
            Span<double> row = logs.AsSpan(i * table.Classes, table.Classes);
            Shares.Of(table, i, row);
            foreach (ref double value in row)
                value = Math.Max(LeastLog, Math.Log(value));
        }

        return logs;
    }

    // First and second derivative of the summed log loss by 1/T. Sums of fixed chunks, added in order: equal bits for any number of threads.
    private static (double First, double Second) Slope(double[] logits, int classes, int[] labels, double beta)
    {
        var parts = new (double First, double Second)[(labels.Length + Chunk - 1) / Chunk];
        Parallel.For(0, parts.Length, part =>
        {
            var row = new double[classes];
            double first = 0, second = 0;
            for (int i = part * Chunk; i < Math.Min(labels.Length, (part + 1) * Chunk); i++)
            {
                double top = Row(logits, i, 1, row), sum = 0, mean = 0, square = 0;
                foreach (double value in row)
                {
                    double distance = value - top, weight = Math.Exp(beta * distance);
                    sum += weight;
                    mean += weight * distance;
                    square += weight * distance * distance;
                }

                mean /= sum;
                first += mean - (row[labels[i]] - top);
                second += (square / sum) - (mean * mean);
            }

            parts[part] = (first, second);
        });
        (double First, double Second) total = default;
        foreach ((double first, double second) in parts)
            total = (total.First + first, total.Second + second);
        return total;
    }

    /// <summary>A sample's logits times <paramref name="beta"/>, and the largest of them.</summary>
    private static double Row(double[] logits, int sample, double beta, double[] row)
    {
        double top = double.MinValue;
        for (int k = 0; k < row.Length; k++)
        {
            double value = logits[(sample * row.Length) + k];
            row[k] = beta * (double.IsFinite(value) ? value : LeastLog);
            top = Math.Max(top, row[k]);
        }

        return top;
    }

    private static bool AllRight(double[] logits, int classes, int[] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            double truth = logits[(i * classes) + labels[i]];
            for (int k = 0; k < classes; k++)
            {
                if (k != labels[i] && !(logits[(i * classes) + k] < truth))
                    return false;
            }
        }

        return true;
    }

    private static void Check(int logits, int classes, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (logits != (long)labels.Length * classes)
            throw new ArgumentException($"{labels.Length} samples of {classes} classes need {(long)labels.Length * classes} logits, not {logits}.", nameof(labels));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"Class {label} is not among 0..{classes - 1}.", nameof(labels));
        }
    }
}
