namespace Pictor.Metrics;

/// <summary>Quantiles with straight lines between the ranks (type 7 of Hyndman and Fan 1996; numpy's default).</summary>
internal static class Quantile
{
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">0..1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        double rank = share * (sorted.Length - 1);
        int below = (int)Math.Floor(rank);
        double part = rank - below;
        return part == 0 || below + 1 >= sorted.Length ? sorted[below] : sorted[below] + (part * (sorted[below + 1] - sorted[below]));
    }
}
