namespace Pictor.Library.Finding;

/// <summary>
/// From which sum of probabilities on a picture is found by a concept, for each query anew: the sums of those that show it and of those that hardly do are parted where the variance between
/// the two is greatest (Otsu 1979). What lies below is counted as weaker. A model that knows a thing well parts higher, one that hesitates lower.
/// </summary>
internal static class ConceptCut
{
    /// <summary>Less says nothing at all.</summary>
    internal const double Weakest = 0.15;

    /// <summary>
    /// Where there are too few pictures to tell. At one half the picture more probably shows it than not, which is right for a tag that stands there unasked; whoever asks for dogs rather sees
    /// two doubtful pictures at the end of the list than misses one, and below a third the doubtful ones become most of it.
    /// </summary>
    internal const double Usual = 0.35;

    private const double Lowest = 0.25, Highest = 0.5;
    private const int Bins = 64, FewestPictures = 64;

    internal static double Of(IReadOnlyList<(long Picture, double Sum)> sums)
    {
        if (sums.Count < FewestPictures)
            return Usual;
        Span<int> histogram = stackalloc int[Bins];
        double total = 0;
        foreach ((_, double sum) in sums)
        {
            int bin = Math.Clamp((int)((sum - Weakest) / (1 - Weakest) * Bins), 0, Bins - 1);
            histogram[bin]++;
            total += bin;
        }

        double best = -1, below = 0, belowSum = 0;
        int at = 0;
        for (int bin = 0; bin + 1 < Bins; bin++)
        {
            below += histogram[bin];
            belowSum += (double)bin * histogram[bin];
            double above = sums.Count - below;
            if (below == 0 || above == 0)
                continue;
            double apart = (belowSum / below) - ((total - belowSum) / above), between = below * above * apart * apart;
            if (between > best)
                (best, at) = (between, bin + 1);
        }

        return Math.Clamp(Weakest + ((1 - Weakest) * at / Bins), Lowest, Highest);
    }
}
