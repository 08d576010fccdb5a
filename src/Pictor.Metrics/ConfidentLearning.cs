namespace Pictor.Metrics;

/// <summary>A label that is likely to be wrong.</summary>
/// <param name="Sample">Index of the sample.</param>
/// <param name="Label">The label it has.</param>
/// <param name="Suggested">The class that fits better.</param>
/// <param name="Confidence">Probability of the suggested class, 0..1.</param>
/// <param name="Margin">Probability of the suggested class less that of the label, above 0.</param>
public readonly record struct LabelIssue(int Sample, int Label, int Suggested, double Confidence, double Margin);

/// <summary>
/// Confident learning (Northcutt, Jiang and Chuang 2021): estimates how many samples of each class are labelled as another one, and finds the likeliest of them.
/// The probabilities must be out of sample: no picture may be judged by a network that was trained on it.
/// </summary>
public static class ConfidentLearning
{
    /// <summary>Finds label errors by the confident joint, pruned by noise rate.</summary>
    /// <param name="probabilities">[samples, classes], each row summing to one.</param>
    /// <param name="labels">[samples], 0..classes - 1: the labels in doubt.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <returns>The largest margin first.</returns>
    /// <exception cref="ArgumentException">Lengths that do not match, a class out of range, a value that is no probability.</exception>
    public static IReadOnlyList<LabelIssue> Find(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        Check(probabilities, labels, classes);
        double[,] joint = Joint(probabilities, labels, classes);
        double[] p = probabilities.ToArray();
        int[] given = labels.ToArray();
        var issues = new Dictionary<int, LabelIssue>();
        for (int i = 0; i < classes; i++)
        {
            int[] members = [.. Enumerable.Range(0, given.Length).Where(n => given[n] == i)];
            for (int j = 0; j < classes; j++)
            {
                // Prune by noise rate: n x Q[i, j] samples of label i, those for which j beats i by most (section 3.2, method 4).
                int count = j == i ? 0 : (int)Math.Round(joint[i, j], MidpointRounding.ToEven);
                foreach (int n in members.OrderByDescending(n => p[(n * classes) + j] - p[(n * classes) + i]).ThenBy(n => n).Take(count))
                {
                    double margin = p[(n * classes) + j] - p[(n * classes) + i];
                    if (margin > 0 && (!issues.TryGetValue(n, out LabelIssue known) || margin > known.Margin))
                        issues[n] = new LabelIssue(n, i, j, p[(n * classes) + j], margin);
                }
            }
        }

        return [.. issues.Values.OrderByDescending(f => f.Margin).ThenBy(f => f.Sample)];
    }

    /// <summary>
    /// The confident joint (equations 1 and 2), its rows scaled to the number of samples of each label (equation 3): [given label, true class] in samples.
    /// </summary>
    /// <param name="probabilities">[samples, classes].</param>
    /// <param name="labels">[samples].</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">As in <see cref="Find"/>.</exception>
    public static double[,] Joint(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        Check(probabilities, labels, classes);
        (double[] thresholds, int[] support) = Thresholds(probabilities, labels, classes);
        var joint = new double[classes, classes];
        for (int n = 0; n < labels.Length; n++)
        {
            // The likeliest of the classes that are above what is usual for their own samples; of two equal ones the first.
            int best = -1;
            for (int j = 0; j < classes; j++)
            {
                double value = probabilities[(n * classes) + j];
                if (support[j] > 0 && value >= thresholds[j] && (best < 0 || value > probabilities[(n * classes) + best]))
                    best = j;
            }

            if (best >= 0)
                joint[labels[n], best]++;
        }

        for (int i = 0; i < classes; i++)
        {
            double row = 0;
            for (int j = 0; j < classes; j++)
                row += joint[i, j];
            for (int j = 0; j < classes; j++)
                joint[i, j] = row > 0 ? joint[i, j] / row * support[i] : i == j ? support[i] : 0;
        }

        return joint;
    }

    /// <summary>The mean probability of each class over the samples labelled with it (equation 2).</summary>
    private static (double[] Thresholds, int[] Support) Thresholds(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        var sums = new double[classes];
        var support = new int[classes];
        for (int n = 0; n < labels.Length; n++)
        {
            sums[labels[n]] += probabilities[(n * classes) + labels[n]];
            support[labels[n]]++;
        }

        for (int j = 0; j < classes; j++)
            sums[j] = support[j] > 0 ? sums[j] / support[j] : double.PositiveInfinity;
        return (sums, support);
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (probabilities.Length != (long)labels.Length * classes)
            throw new ArgumentException($"{labels.Length} samples of {classes} classes need {(long)labels.Length * classes} probabilities, not {probabilities.Length}.", nameof(probabilities));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"Class {label} is not among 0..{classes - 1}.", nameof(labels));
        }

        foreach (double value in probabilities)
        {
            if (!(value >= 0 && value <= 1 + 1e-6))
                throw new ArgumentException($"{value} is no probability.", nameof(probabilities));
        }
    }
}
