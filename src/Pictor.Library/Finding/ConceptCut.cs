namespace Pictor.Library.Finding;

/// <summary>
/// From which sum of probabilities on a picture is found by a concept, for each query anew: where the expected F1 is greatest, taking the probabilities at their word. That is at half of the F1 that
/// can be had (Lipton, Elkan and Naryanaswamy 2014), so a thing that the model knows well is cut higher than one that it hesitates over. What lies below is counted as weaker.
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

    private const double Lowest = 0.2, Highest = 0.5;
    private const int Bins = 64, FewestPictures = 24;

    internal static double Of(ReadOnlySpan<(long Picture, double Sum)> sums)
    {
        if (sums.Length < FewestPictures)
            return Usual;
        Span<int> counts = stackalloc int[Bins];
        Span<double> masses = stackalloc double[Bins];
        double all = 0;
        foreach ((_, double sum) in sums)
        {
            int bin = Math.Clamp((int)((sum - Weakest) / (1 - Weakest) * Bins), 0, Bins - 1);
            counts[bin]++;
            masses[bin] += sum;
            all += sum;
        }

        double best = -1, found = 0, right = 0;
        int at = Bins;
        for (int bin = Bins - 1; bin >= 0; bin--)
        {
            found += counts[bin];
            right += masses[bin];
            double f1 = 2 * right / (found + all);
            if (counts[bin] > 0 && f1 > best)
                (best, at) = (f1, bin);
        }

        return Math.Clamp(Weakest + ((1 - Weakest) * at / Bins), Lowest, Highest);
    }
}
