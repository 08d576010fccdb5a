namespace Pictor.Metrics;

/// <summary>Brier (1950): mean over samples of the squared distance between the probabilities and the truth, summed over the classes. 0 is perfect, 2 is sure and always wrong.</summary>
public static class BrierScore
{
    /// <summary>The score of a table; NaN without samples.</summary>
    public static double Of(PredictionTable table)
    {
        double sum = 0;
        var shares = new double[table.Classes];
        for (int i = 0; i < table.Samples; i++)
            sum += OfSample(table, i, shares);
        return sum / table.Samples;
    }

    /// <param name="table">The predictions.</param>
    /// <param name="sample">0..samples - 1.</param>
    /// <param name="scratch">[classes].</param>
    internal static double OfSample(PredictionTable table, int sample, Span<double> scratch)
    {
        Shares.Of(table, sample, scratch);
        double sum = 0;
        for (int k = 0; k < table.Classes; k++)
        {
            double gap = scratch[k] - (table.Truth[sample] == k ? 1 : 0);
            sum += gap * gap;
        }

        return sum;
    }
}
