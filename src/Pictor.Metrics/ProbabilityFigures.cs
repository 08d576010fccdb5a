namespace Pictor.Metrics;

/// <summary>Figures that take scores for probabilities.</summary>
public static class ProbabilityFigures
{
    /// <summary>Bins of <see cref="Reliability"/>. <value>15, as in Guo et al. 2017, "On Calibration of Modern Neural Networks".</value></summary>
    public const int Bins = 15;

    // numpy's finfo(float64).eps, scikit-learn's bound for a probability.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// Mean of -ln(probability of the true class), as scikit-learn's log_loss: every score is first brought into [2.2e-16, 1 - 2.2e-16],
    /// then each sample's scores are divided by their sum. Scores that do not sum to one are thereby judged as shares of their sum. A sample with a
    /// score above 1 (percent, counts), which scikit-learn does not take, is divided by its sum before.
    /// </summary>
    public static double LogLoss(PredictionTable table)
    {
        double loss = 0;
        for (int i = 0; i < table.Samples; i++)
            loss += LogLossOf(table, i);
        return loss / table.Samples;
    }

    /// <summary>The log loss of one sample.</summary>
    internal static double LogLossOf(PredictionTable table, int sample)
    {
        ReadOnlySpan<double> scores = table.Scores(sample);
        double unit = scores[table.Answers[sample]] > 1 ? Sum(scores) : 1, sum = 0;
        foreach (double score in scores)
            sum += Math.Clamp(score / unit, Epsilon, 1 - Epsilon);
        return -Math.Log(Math.Clamp(scores[table.Truth[sample]] / unit, Epsilon, 1 - Epsilon) / sum);
    }

    /// <summary>Probability of the answer to a sample: its score, divided by the sum of the sample's scores where that is not 1 (beyond 1e-5). Equal shares where all scores are zero.</summary>
    public static double Confidence(PredictionTable table, int sample)
    {
        double sum = Sum(table.Scores(sample));
        double top = table.Scores(sample)[table.Answers[sample]];
        return sum == 0 ? 1.0 / table.Classes : Math.Abs(sum - 1) <= 1e-5 ? Math.Min(top, 1) : top / sum;
    }

    /// <summary>Samples in <see cref="Bins"/> equal ranges of confidence, each open below and closed above (0 belongs to the first): how sure, and how often right.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(PredictionTable table)
    {
        var counts = new int[Bins];
        var right = new int[Bins];
        var confidence = new double[Bins];
        for (int i = 0; i < table.Samples; i++)
        {
            double sure = Confidence(table, i);
            int bin = BinOf(sure);
            counts[bin]++;
            confidence[bin] += sure;
            if (table.Answers[i] == table.Truth[i])
                right[bin]++;
        }

        var bins = new ReliabilityBin[Bins];
        for (int b = 0; b < Bins; b++)
        {
            bins[b] = new ReliabilityBin((double)b / Bins, (double)(b + 1) / Bins, counts[b],
                counts[b] == 0 ? double.NaN : confidence[b] / counts[b], counts[b] == 0 ? double.NaN : (double)right[b] / counts[b]);
        }

        return bins;
    }

    /// <summary>Expected calibration error: the mean over samples of |confidence - accuracy| of their bin (Naeini et al. 2015; Guo et al. 2017, equation 3). 0..1, 0 is best.</summary>
    public static double CalibrationError(IReadOnlyList<ReliabilityBin> bins)
    {
        double sum = 0;
        long samples = 0;
        foreach (ReliabilityBin bin in bins)
        {
            if (bin.Count > 0)
                sum += bin.Count * Math.Abs(bin.Confidence - bin.Accuracy);
            samples += bin.Count;
        }

        return sum / samples;
    }

    private static double Sum(ReadOnlySpan<double> scores)
    {
        double sum = 0;
        foreach (double score in scores)
            sum += score;
        return sum;
    }

    /// <summary>The bin of a confidence 0..1: 0..<see cref="Bins"/> - 1.</summary>
    public static int BinOf(double confidence)
    {
        int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);

        // The product rounds; the edges decide.
        if (bin > 0 && confidence <= (double)bin / Bins)
            bin--;
        else if (bin < Bins - 1 && confidence > (double)(bin + 1) / Bins)
            bin++;
        return bin;
    }
}

/// <summary>Samples of about the same confidence.</summary>
/// <param name="From">Lower bound, not included.</param>
/// <param name="To">Upper bound, included.</param>
/// <param name="Count">Samples in it.</param>
/// <param name="Confidence">Their mean confidence; NaN without samples.</param>
/// <param name="Accuracy">Share answered rightly; NaN without samples.</param>
public readonly record struct ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
