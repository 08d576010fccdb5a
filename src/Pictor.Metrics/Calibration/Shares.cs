namespace Pictor.Metrics;

/// <summary>Scores as probabilities: divided by their sum where that is not 1 (beyond 1e-5), equal shares where all are zero; as <see cref="ProbabilityFigures.Confidence"/> does.</summary>
internal static class Shares
{
    /// <param name="table">The predictions.</param>
    /// <param name="sample">0..samples - 1.</param>
    /// <param name="shares">[classes], filled.</param>
    public static void Of(PredictionTable table, int sample, Span<double> shares)
    {
        ReadOnlySpan<double> scores = table.Scores(sample);
        double sum = 0;
        foreach (double score in scores)
            sum += score;
        if (sum == 0)
        {
            shares[..scores.Length].Fill(1.0 / scores.Length);
            return;
        }

        double unit = Math.Abs(sum - 1) <= 1e-5 ? 1 : sum;
        for (int k = 0; k < scores.Length; k++)
            shares[k] = Math.Min(1, scores[k] / unit);
    }
}
