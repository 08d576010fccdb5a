namespace Pictor.Training.LabelBudget;

/// <summary>error(n) = a * n^-b + c: how the error falls with the number of labelled examples (Hestness et al. 2017), down to what no number of them removes.</summary>
/// <param name="A">0 or more.</param>
/// <param name="B">0.05 to 2.</param>
/// <param name="C">0 or more.</param>
public sealed record PowerLaw(double A, double B, double C)
{
    private const double LeastB = 0.05, MostB = 2;
    private const int Grid = 30, Refinements = 36;

    /// <summary>The error at a number of examples.</summary>
    public double At(double n) => (A * Math.Pow(n, -B)) + C;

    /// <summary>
    /// Weighted least squares within the bounds. For each b the rest is linear in two unknowns that must not be negative, which has a closed form; b itself is sought
    /// on a grid and then by golden section, so equal points give equal curves.
    /// </summary>
    /// <param name="n">Examples, above 0; three or more different numbers.</param>
    /// <param name="errors">0..1.</param>
    /// <param name="deviations">Standard deviation of each error, above 0.</param>
    /// <exception cref="ArgumentException">Lists of other lengths, or fewer than three points.</exception>
    public static PowerLaw Fit(IReadOnlyList<double> n, IReadOnlyList<double> errors, IReadOnlyList<double> deviations)
    {
        if (n.Count < 3 || errors.Count != n.Count || deviations.Count != n.Count)
            throw new ArgumentException("A curve needs three points, each with an error and its deviation.", nameof(n));
        double best = double.MaxValue;
        int at = 0;
        for (int i = 0; i <= Grid; i++)
        {
            if (Linear(OfGrid(i)).Misfit < best - 1e-12)
                (best, at) = (Linear(OfGrid(i)).Misfit, i);
        }

        double low = OfGrid(Math.Max(0, at - 1)), high = OfGrid(Math.Min(Grid, at + 1)), golden = (Math.Sqrt(5) - 1) / 2;
        for (int i = 0; i < Refinements; i++)
        {
            double left = high - (golden * (high - low)), right = low + (golden * (high - low));
            if (Linear(left).Misfit <= Linear(right).Misfit)
                high = right;
            else
                low = left;
        }

        return Linear((low + high) / 2).Law;

        double OfGrid(int i) => LeastB * Math.Pow(MostB / LeastB, (double)i / Grid);

        (PowerLaw Law, double Misfit) Linear(double b)
        {
            double s = 0, sx = 0, sxx = 0, sy = 0, sxy = 0;
            for (int i = 0; i < n.Count; i++)
            {
                double w = 1 / (deviations[i] * deviations[i]), x = Math.Pow(n[i], -b), y = errors[i];
                (s, sx, sxx, sy, sxy) = (s + w, sx + (w * x), sxx + (w * x * x), sy + (w * y), sxy + (w * x * y));
            }

            double determinant = (s * sxx) - (sx * sx);
            double a = determinant > 1e-12 * s * sxx ? ((s * sxy) - (sx * sy)) / determinant : 0;
            double c = (sy - (a * sx)) / s;
            // At a bound the other unknown is fitted alone.
            if (a < 0)
                (a, c) = (0, Math.Max(0, sy / s));
            else if (c < 0)
                (a, c) = (Math.Max(0, sxy / sxx), 0);
            var law = new PowerLaw(a, b, c);
            return (law, law.Misfit(n, errors, deviations));
        }
    }

    /// <summary>Sum of the squared gaps in deviations.</summary>
    internal double Misfit(IReadOnlyList<double> n, IReadOnlyList<double> errors, IReadOnlyList<double> deviations)
    {
        double sum = 0;
        for (int i = 0; i < n.Count; i++)
        {
            double gap = (At(n[i]) - errors[i]) / deviations[i];
            sum += gap * gap;
        }

        return sum;
    }
}
