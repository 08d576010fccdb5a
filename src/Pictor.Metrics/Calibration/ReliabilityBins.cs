namespace Pictor.Metrics;

/// <summary>
/// Answers grouped by confidence, and how far confidence and accuracy lie apart in the groups. Bins are open below and closed above (the lowest value belongs to the
/// first), as in scikit-learn's calibration_curve.
/// </summary>
public static class ReliabilityBins
{
    /// <summary>Bins of equal width.</summary>
    /// <param name="table">The predictions.</param>
    /// <param name="bins">1 or more; all are given, empty ones too.</param>
    public static IReadOnlyList<ReliabilityBin> EqualWidth(PredictionTable table, int bins = ProbabilityFigures.Bins)
    {
        (double[] sure, double[] right) = Answers(table);
        return EqualWidth(sure, right, bins);
    }

    /// <summary>Bins that hold about the same number of samples, so that none rests on a handful; their bounds are quantiles of the confidence.</summary>
    /// <param name="table">The predictions, at least one.</param>
    /// <param name="bins">1 or more. Equal confidences stay together, so fewer may come back; empty ones are left out.</param>
    public static IReadOnlyList<ReliabilityBin> EqualMass(PredictionTable table, int bins = ProbabilityFigures.Bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (double[] sure, double[] right) = Answers(table);
        double[] sorted = [.. sure];
        Array.Sort(sorted);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(b => Quantile.OfSorted(sorted, (double)b / bins))];
        return [.. Fill(sure, right, edges).Where(bin => bin.Count > 0)];
    }

    /// <summary>Expected calibration error (Naeini et al. 2015; Guo et al. 2017, equation 3): the mean gap over the samples. 0..1.</summary>
    public static double ExpectedError(IReadOnlyList<ReliabilityBin> bins) => ProbabilityFigures.CalibrationError(bins);

    /// <summary>Maximum calibration error (Guo et al. 2017, equation 5): the widest gap of any bin that has samples. 0..1; NaN without samples.</summary>
    public static double MaximumError(IReadOnlyList<ReliabilityBin> bins)
    {
        double widest = double.NaN;
        foreach (ReliabilityBin bin in bins)
        {
            if (bin.Count > 0 && !(Math.Abs(bin.Confidence - bin.Accuracy) <= widest))
                widest = Math.Abs(bin.Confidence - bin.Accuracy);
        }

        return widest;
    }

    internal static ReliabilityBin[] EqualWidth(double[] sure, double[] right, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        return Fill(sure, right, [.. Enumerable.Range(0, bins + 1).Select(b => (double)b / bins)]);
    }

    private static (double[] Sure, double[] Right) Answers(PredictionTable table)
    {
        var sure = new double[table.Samples];
        var right = new double[table.Samples];
        for (int i = 0; i < sure.Length; i++)
        {
            sure[i] = ProbabilityFigures.Confidence(table, i);
            right[i] = table.Answers[i] == table.Truth[i] ? 1 : 0;
        }

        return (sure, right);
    }

    private static ReliabilityBin[] Fill(double[] sure, double[] right, double[] edges)
    {
        int bins = edges.Length - 1;
        var counts = new int[bins];
        var confidence = new double[bins];
        var hits = new double[bins];
        for (int i = 0; i < sure.Length; i++)
        {
            // The number of inner edges below: the first edge that is not below closes the bin.
            int low = 0, high = bins - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = edges[middle + 1] < sure[i] ? (middle + 1, high) : (low, middle);
            }

            counts[low]++;
            confidence[low] += sure[i];
            hits[low] += right[i];
        }

        return [.. Enumerable.Range(0, bins).Select(b => new ReliabilityBin(
            edges[b], edges[b + 1], counts[b], counts[b] == 0 ? double.NaN : confidence[b] / counts[b], counts[b] == 0 ? double.NaN : hits[b] / counts[b]))];
    }
}
