namespace Pictor.Metrics;

/// <summary>
/// Whether two models differ on the same pictures (McNemar 1947): only the pictures that one of them gets right and the other wrong say anything. With fewer than
/// <see cref="FewPairs"/> of these the exact binomial test is taken, else chi-square with Edwards' correction for continuity.
/// </summary>
/// <param name="BothRight">Pictures that both answer rightly.</param>
/// <param name="OnlyFirst">That the first alone answers rightly.</param>
/// <param name="OnlySecond">That the second alone answers rightly.</param>
/// <param name="BothWrong">That neither does.</param>
public sealed record McNemar(int BothRight, int OnlyFirst, int OnlySecond, int BothWrong)
{
    /// <summary>Below this number of telling pictures the test is exact.</summary>
    public const int FewPairs = 25;

    /// <summary>Pictures in all.</summary>
    public int Samples => BothRight + OnlyFirst + OnlySecond + BothWrong;

    /// <summary>Whether <see cref="PValue"/> is the exact binomial one.</summary>
    public bool IsExact => OnlyFirst + OnlySecond < FewPairs;

    /// <summary>Chance of a difference at least this large, either way, if both were equally good. 1 when they never differ.</summary>
    public double PValue => IsExact ? Exact(Math.Min(OnlyFirst, OnlySecond), OnlyFirst + OnlySecond) : Tail.ChiSquareOne(Statistic);

    /// <summary>(|b - c| - 1)² / (b + c); 0 when they never differ.</summary>
    public double Statistic
    {
        get
        {
            double pairs = OnlyFirst + OnlySecond, distance = Math.Max(0, Math.Abs(OnlyFirst - OnlySecond) - 1);
            return pairs == 0 ? 0 : distance * distance / pairs;
        }
    }

    /// <summary>Accuracy of the second less that of the first.</summary>
    public double Difference => (double)(OnlySecond - OnlyFirst) / Samples;

    /// <summary>95 % interval of <see cref="Difference"/>: the normal approximation for pairs.</summary>
    public ConfidenceInterval DifferenceInterval
    {
        get
        {
            double n = Samples, gap = OnlySecond - OnlyFirst;
            double half = 1.959963984540054 * Math.Sqrt(OnlyFirst + OnlySecond - (gap * gap / n)) / n;
            return new ConfidenceInterval(Math.Max(-1, Difference - half), Math.Min(1, Difference + half));
        }
    }

    /// <summary>From who was right where.</summary>
    /// <param name="first">[samples].</param>
    /// <param name="second">[samples], the same pictures in the same order.</param>
    /// <exception cref="ArgumentException">Lengths that differ.</exception>
    public static McNemar Of(ReadOnlySpan<bool> first, ReadOnlySpan<bool> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} and {second.Length} answers are no pairs.", nameof(second));
        Span<int> counts = stackalloc int[4];
        counts.Clear();
        for (int i = 0; i < first.Length; i++)
            counts[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
        return new McNemar(counts[0], counts[1], counts[2], counts[3]);
    }

    // Twice the smaller tail of the binomial with p = 1/2; below 25 trials every term is exact in a double.
    private static double Exact(int fewer, int trials)
    {
        double term = Math.Pow(0.5, trials), sum = 0;
        for (int k = 0; k <= fewer; k++)
        {
            sum += term;
            term = term * (trials - k) / (k + 1);
        }

        return Math.Min(1, 2 * sum);
    }
}
