namespace Pictor.Metrics;

/// <summary>Where a share of successes lies, given how often it was tried.</summary>
/// <param name="Low">Lower bound, 0..1.</param>
/// <param name="High">Upper bound, 0..1.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    // The standard normal's 97.5 % quantile.
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % score interval of Wilson (1927): sound for few trials and for shares near 0 and 1, where the usual ± fails. NaN without trials.</summary>
    /// <param name="successes">0..trials.</param>
    /// <param name="trials">At least 1.</param>
    public static ConfidenceInterval Wilson(long successes, long trials) => Wilson(successes, trials, Z);

    /// <param name="successes">0..trials.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="z">Quantile of the standard normal.</param>
    internal static ConfidenceInterval Wilson(long successes, long trials, double z)
    {
        if (trials == 0)
            return new ConfidenceInterval(double.NaN, double.NaN);
        double p = (double)successes / trials, z2 = z * z / trials;
        double centre = (p + (z2 / 2)) / (1 + z2);
        double half = z / (1 + z2) * Math.Sqrt((p * (1 - p) / trials) + (z2 / 4 / trials));

        // At the ends the bound is exactly 0 or 1; rounding would leave a trace.
        return new ConfidenceInterval(successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }
}
