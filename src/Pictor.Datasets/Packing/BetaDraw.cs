namespace Pictor.Datasets;

/// <summary>Beta(a, a) as g1 / (g1 + g2) of two gamma numbers.</summary>
internal static class BetaDraw
{
    public static double Symmetric(ref CounterRandom random, double alpha)
    {
        // In logarithms, for small shapes give gamma numbers below what a double can hold.
        double a = LogGamma(ref random, alpha), b = LogGamma(ref random, alpha);
        return 1 / (1 + Math.Exp(b - a));
    }

    /// <summary>The logarithm of a number from Gamma(shape, 1): Marsaglia and Tsang 2000; below 1 by Gamma(shape + 1) x U^(1 / shape).</summary>
    private static double LogGamma(ref CounterRandom random, double shape)
    {
        if (shape < 1)
            return LogGamma(ref random, shape + 1) + (Math.Log(1 - random.Unit()) / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(ref random), t = 1 + (c * x);
            double u = 1 - random.Unit();
            if (t > 0 && Math.Log(u) < (0.5 * x * x) + (d * (1 - (t * t * t) + (3 * Math.Log(t)))))
                return Math.Log(d) + (3 * Math.Log(t));
        }
    }

    private static double Normal(ref CounterRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.Unit())) * Math.Cos(2 * Math.PI * random.Unit());
}
