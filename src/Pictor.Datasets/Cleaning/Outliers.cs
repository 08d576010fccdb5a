namespace Pictor.Datasets.Cleaning;

/// <summary>How far a value lies from what is usual in its set: median and median absolute deviation, which the odd ones cannot shift (Hampel 1974).</summary>
internal sealed class Outliers
{
    private const double ToDeviation = 1.4826;
    private readonly double _spread;

    /// <param name="values">Of the whole set.</param>
    /// <param name="leastSpread">Where nearly all values are equal, a tiny difference is still none.</param>
    public Outliers(IEnumerable<double> values, double leastSpread)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        Median = Middle(sorted);
        double[] distances = [.. sorted.Select(v => Math.Abs(v - Median))];
        Array.Sort(distances);
        _spread = Math.Max(leastSpread, ToDeviation * Middle(distances));
    }

    public double Median { get; }

    /// <summary>Signed distance from the median in robust standard deviations.</summary>
    public double Of(double value) => (value - Median) / _spread;

    private static double Middle(double[] sorted) => sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
