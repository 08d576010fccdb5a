using System.Numerics.Tensors;

namespace Pictor.Training.Heads;

/// <summary>
/// L-BFGS (Liu and Nocedal 1989) for smooth convex functions: the curvature of the last steps stands in for the Hessian. The step length
/// is found by bisection under the weak Wolfe conditions (Burke, Lewis and Overton), which for a convex function always ends.
/// </summary>
internal sealed class Lbfgs
{
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const int LongestSearch = 40;

    /// <summary>A function with its gradient, which is written to the second argument.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Steps remembered. <value>10.</value></summary>
    public int Memory { get; init; } = 10;

    /// <summary>Most iterations. <value>200.</value></summary>
    public int Iterations { get; init; } = 200;

    /// <summary>Ends when no part of the gradient is larger. <value>1e-5.</value></summary>
    public double GradientTolerance { get; init; } = 1e-5;

    /// <summary>Ends when two iterations running improve the value by less than this part of it. <value>1e-7.</value></summary>
    public double ValueTolerance { get; init; } = 1e-7;

    /// <summary>Moves <paramref name="point"/> to the minimum; returns the value there.</summary>
    public double Minimise(Function function, Span<double> point)
    {
        int n = point.Length;
        double[] gradient = new double[n], nextGradient = new double[n], next = new double[n], direction = new double[n];
        var steps = new List<(double[] S, double[] Y, double Rho)>(Memory);
        double value = function(point, gradient);
        int idle = 0;
        for (int i = 0; i < Iterations && TensorPrimitives.MaxMagnitude<double>(gradient) is var steepest && Math.Abs(steepest) > GradientTolerance; i++)
        {
            Direction(gradient, steps, direction);
            double slope = TensorPrimitives.Dot<double>(gradient, direction);
            if (slope >= 0)
            {
                // Rounding has made the memory useless: start it anew.
                steps.Clear();
                TensorPrimitives.Negate<double>(gradient, direction);
                slope = TensorPrimitives.Dot<double>(gradient, direction);
            }

            double first = steps.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            if (!Search(function, point, value, slope, direction, first, next, nextGradient, out double reached))
                break;
            Remember(point, next, gradient, nextGradient, steps);
            next.CopyTo(point);
            nextGradient.CopyTo(gradient.AsSpan());
            idle = value - reached < ValueTolerance * Math.Max(Math.Abs(value), 1e-8) ? idle + 1 : 0;
            value = reached;
            if (idle == 2)
                break;
        }

        return value;
    }

    private static bool Search(
        Function function, ReadOnlySpan<double> point, double value, double slope, double[] direction, double step, double[] next, double[] nextGradient, out double reached)
    {
        double low = 0, high = double.PositiveInfinity;
        reached = value;
        for (int i = 0; i < LongestSearch; i++)
        {
            TensorPrimitives.MultiplyAdd(direction, step, point, next);
            reached = function(next, nextGradient);
            if (!(reached <= value + (Decrease * step * slope)))
                high = step;
            else if (TensorPrimitives.Dot<double>(nextGradient, direction) < Curvature * slope)
                low = step;
            else
                return true;
            step = double.IsInfinity(high) ? 2 * step : (low + high) / 2;
        }

        // As far down as the precision of the function lets one see.
        return reached < value;
    }

    private void Remember(ReadOnlySpan<double> point, double[] next, double[] gradient, double[] nextGradient, List<(double[] S, double[] Y, double Rho)> steps)
    {
        (double[] s, double[] y, _) = steps.Count < Memory ? (new double[next.Length], new double[next.Length], 0) : steps[0];
        TensorPrimitives.Subtract(next, point, s);
        TensorPrimitives.Subtract<double>(nextGradient, gradient, y);
        double curvature = TensorPrimitives.Dot<double>(s, y);
        if (steps.Count == Memory)
            steps.RemoveAt(0);
        if (curvature > 1e-12 * TensorPrimitives.Dot<double>(y, y))
            steps.Add((s, y, 1 / curvature));
    }

    // The two-loop recursion: direction = -H gradient.
    private static void Direction(double[] gradient, List<(double[] S, double[] Y, double Rho)> steps, double[] direction)
    {
        TensorPrimitives.Negate<double>(gradient, direction);
        var alpha = new double[steps.Count];
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            alpha[i] = steps[i].Rho * TensorPrimitives.Dot<double>(steps[i].S, direction);
            TensorPrimitives.MultiplyAdd(steps[i].Y, -alpha[i], direction, direction);
        }

        if (steps.Count > 0)
            TensorPrimitives.Multiply(direction, 1 / (steps[^1].Rho * TensorPrimitives.Dot<double>(steps[^1].Y, steps[^1].Y)), direction);
        for (int i = 0; i < steps.Count; i++)
            TensorPrimitives.MultiplyAdd(steps[i].S, alpha[i] - (steps[i].Rho * TensorPrimitives.Dot<double>(steps[i].Y, direction)), direction, direction);
    }
}
