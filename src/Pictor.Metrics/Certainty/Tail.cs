namespace Pictor.Metrics;

/// <summary>The tail of the chi-square distribution.</summary>
internal static class Tail
{
    /// <summary>Chance that chi-square with one degree of freedom is at least <paramref name="x"/>: erfc(sqrt(x / 2)). To about 1e-14 relative.</summary>
    public static double ChiSquareOne(double x) => Erfc(Math.Sqrt(x / 2));

    // Abramowitz and Stegun 7.1.6 (a series of positive terms) for small arguments, 7.1.14 (a continued fraction, by Lentz) for large ones.
    private static double Erfc(double x)
    {
        if (x < 2)
        {
            double term = x, sum = x;
            for (int n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
        }

        double c = x, d = 0, fraction = x;
        for (int n = 1; n < 500; n++)
        {
            double a = n / 2.0;
            d = 1 / (x + (a * d));
            c = x + (a / c);
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16)
                break;
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
