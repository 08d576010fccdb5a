namespace Pictor.Training.Cleaning;

/// <summary>Depths of doubtful margins as a mixture of a half-normal (hard, rightly labelled) and a normal (wrongly labelled).</summary>
internal sealed class DepthMixture
{
    // A wrong label is about as deep as a right one is high, and deeper where the network knows little and right ones are low: the normal stays between
    // these, or it would pass off the tail of the hard ones as errors.
    private const double LeastMean = 0.6;
    private const double MostMean = 6;
    private const double LeastDeviation = 0.1;
    private const double MostDeviation = 1.5;

    // Hard pictures lie no further below zero than those that the network agrees with lie above: without this bound they swallow the wrong labels of a network
    // that knows little (planted in the CIFAR copies: recall 0.30 and 0.21 instead of 0.65 and 0.60).
    private const double LeastHard = 0.05;
    private const double MostHard = 1;
    private const int Rounds = 300;
    private const int Enough = 8;

    private double _share = 0.5;
    private double _hard = 0.2;
    private double _mean = 1;
    private double _deviation = 0.3;

    private DepthMixture()
    {
    }

    /// <summary>From here on a wrong label is the likelier explanation.</summary>
    public double Threshold { get; private set; }

    /// <summary>Expectation maximisation from a fixed start; too few depths keep to the start.</summary>
    public static DepthMixture Fit(IReadOnlyList<double> depths)
    {
        var mixture = new DepthMixture();
        for (int round = 0; round < Rounds && depths.Count >= Enough; round++)
            mixture.Step(depths);
        if (depths.Count >= Enough && !mixture.IsBetterThanNone(depths))
            mixture.BeNone(depths);
        mixture.Threshold = mixture.Crossing();
        return mixture;
    }

    /// <summary>Hard pictures alone explain clean labels as well: three parameters more must pay (Schwarz 1978).</summary>
    private bool IsBetterThanNone(IReadOnlyList<double> depths)
    {
        double hard = Math.Min(MostHard, RootMeanSquare(depths)), gain = 0;
        foreach (double depth in depths)
        {
            double d = Math.Min(depth, MostMean);
            (double wrong, double other) = LogDensities(d);
            double most = Math.Max(wrong, other), both = most + Math.Log(Math.Exp(wrong - most) + Math.Exp(other - most));
            gain += both - (Math.Log(2 / hard) - (d * d / (hard * hard) / 2));
        }

        return 2 * gain > 3 * Math.Log(depths.Count);
    }

    // Then only what is far beyond all hard ones is worth a look.
    private void BeNone(IReadOnlyList<double> depths)
    {
        const double Far = 3.5;
        _hard = RootMeanSquare(depths);
        (_share, _mean, _deviation) = (1e-4, Math.Max(LeastMean, Far * _hard), LeastDeviation);
    }

    private static double RootMeanSquare(IReadOnlyList<double> depths) => Math.Max(LeastHard, Math.Sqrt(depths.Average(d => Math.Min(d, MostMean) * Math.Min(d, MostMean))));

    /// <summary>Probability that a label of this depth is wrong, never falling with the depth.</summary>
    public double Probability(double depth) => Posterior(Math.Min(depth, _mean));

    private void Step(IReadOnlyList<double> depths)
    {
        double wrong = 0, sum = 0, squares = 0, hard = 0, hardSquares = 0;
        foreach (double depth in depths)
        {
            double d = Math.Min(depth, MostMean), p = Posterior(d);
            (wrong, sum, squares) = (wrong + p, sum + (p * d), squares + (p * d * d));
            (hard, hardSquares) = (hard + (1 - p), hardSquares + ((1 - p) * d * d));
        }

        _share = Math.Clamp(wrong / depths.Count, 1e-4, 1 - 1e-4);
        if (hard > 1e-9)
            _hard = Math.Clamp(Math.Sqrt(hardSquares / hard), LeastHard, MostHard);
        if (wrong < 1e-9)
            return;
        double mean = sum / wrong, variance = (squares / wrong) - (mean * mean);
        _mean = Math.Clamp(mean, LeastMean, MostMean);
        _deviation = Math.Clamp(Math.Sqrt(Math.Max(0, variance)), LeastDeviation, MostDeviation);
    }

    private double Posterior(double depth)
    {
        (double wrong, double hard) = LogDensities(depth);
        return 1 / (1 + Math.Exp(hard - wrong));
    }

    // As logarithms, up to a common constant: far from both means the densities themselves are zero in floating point.
    private (double Wrong, double Hard) LogDensities(double depth)
    {
        double z = (depth - _mean) / _deviation, y = depth / _hard;
        return (Math.Log(_share / _deviation) - (z * z / 2), Math.Log(2 * (1 - _share) / _hard) - (y * y / 2));
    }

    /// <summary>The least depth from which on, up to the mean of the wrong ones, the posterior stays above one half.</summary>
    private double Crossing()
    {
        const int Steps = 1000;
        double threshold = _mean;
        for (int i = Steps; i >= 0 && Posterior(_mean * i / Steps) >= 0.5; i--)
            threshold = _mean * i / Steps;
        return threshold;
    }
}
