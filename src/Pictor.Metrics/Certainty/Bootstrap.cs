namespace Pictor.Metrics;

/// <summary>Computes figures from samples of which each counts a given number of times.</summary>
/// <param name="counts">[samples], summing to their number; zero for samples that were not drawn.</param>
/// <param name="figures">Filled; NaN for what is undefined on this draw.</param>
public delegate void ResampledFigures(ReadOnlySpan<int> counts, Span<double> figures);

/// <summary>
/// Where figures lie, given that the samples could have been others (Efron 1979): figures are computed again on samples drawn with replacement, and the middle 95 % of
/// them are the interval (the percentile method). A draw is kept as a count for each sample, so a figure made of sums costs one pass over the samples.
/// </summary>
public static class Bootstrap
{
    /// <summary>Draws. <value>1,000: the ends of a 95 % interval then rest on 25 draws each.</value></summary>
    public const int Resamples = 1000;

    /// <summary>The 95 % interval of each figure. Equal for an equal seed and any number of threads.</summary>
    /// <param name="samples">1 or more.</param>
    /// <param name="figures">How many <paramref name="compute"/> gives.</param>
    /// <param name="compute">Called from several threads.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="resamples">2 or more.</param>
    /// <returns>[figures]; NaN where the figure itself is undefined. A figure that draws are biased against (calibration error only grows) still lies in its interval, which is widened to hold it.</returns>
    public static IReadOnlyList<ConfidenceInterval> Intervals(int samples, int figures, ResampledFigures compute, int seed = 1, int resamples = Resamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        var once = new int[samples];
        Array.Fill(once, 1);
        var given = new double[figures];
        compute(once, given);
        var drawn = new double[figures][];
        for (int f = 0; f < figures; f++)
            drawn[f] = new double[resamples];

        Parallel.For(0, resamples, () => (Counts: new int[samples], Values: new double[figures]), (draw, _, scratch) =>
        {
            Draw(scratch.Counts, seed, draw);
            compute(scratch.Counts, scratch.Values);
            for (int f = 0; f < figures; f++)
                drawn[f][draw] = scratch.Values[f];
            return scratch;
        }, _ => { });
        return [.. drawn.Select((values, f) => Interval(values, given[f]))];
    }

    private static ConfidenceInterval Interval(double[] values, double given)
    {
        double[] defined = [.. values.Where(double.IsFinite)];
        if (!double.IsFinite(given) || defined.Length == 0)
            return new ConfidenceInterval(double.NaN, double.NaN);
        Array.Sort(defined);
        return new ConfidenceInterval(Math.Min(given, Quantile.OfSorted(defined, 0.025)), Math.Max(given, Quantile.OfSorted(defined, 0.975)));
    }

    // SplitMix64 (Steele, Lea, Flood 2014), started from seed and draw, so that no draw waits for another.
    private static void Draw(int[] counts, int seed, int draw)
    {
        Array.Clear(counts);
        ulong state = Mix(Mix((ulong)seed + 0x9E3779B97F4A7C15UL) + (ulong)draw + 1);
        for (int i = 0; i < counts.Length; i++)
        {
            state += 0x9E3779B97F4A7C15UL;
            counts[(int)(((Mix(state) >> 32) * (ulong)counts.Length) >> 32)]++;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
