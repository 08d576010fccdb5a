using Pictor.Metrics;

namespace Pictor.Training.Evaluation.Page;

/// <summary>Curves for the eye: a hundred points say what ten thousand would. The figures beside them come from all points.</summary>
internal static class PageCurves
{
    private const int GridSteps = 100;

    /// <summary>Mean over the classes at equal false positive rates.</summary>
    public static IReadOnlyList<(double X, double Y)> MeanRoc(IReadOnlyList<RankedScores> ranked) =>
        Mean([.. ranked.Select(r => r.Roc()).Where(c => c.Count > 0)], (curve, x) =>
        {
            // The highest share found at no more than this rate of false alarms, and the straight way on to the next point.
            int after = Search(curve.Count, i => curve[i].FalsePositiveRate > x);
            RocPoint a = curve[Math.Max(0, after - 1)], b = curve[Math.Min(after, curve.Count - 1)];
            double width = b.FalsePositiveRate - a.FalsePositiveRate;
            return width <= 0 ? a.TruePositiveRate : a.TruePositiveRate + ((x - a.FalsePositiveRate) / width * (b.TruePositiveRate - a.TruePositiveRate));
        });

    /// <summary>Mean over the classes at equal recall: the precision at the first threshold that reaches it.</summary>
    public static IReadOnlyList<(double X, double Y)> MeanPrecisionRecall(IReadOnlyList<RankedScores> ranked) =>
        Mean([.. ranked.Select(r => r.PrecisionRecall()).Where(c => c.Count > 0)], (curve, x) =>
            curve[Math.Min(curve.Count - 1, Math.Max(1, Search(curve.Count, i => curve[i].Recall >= x - 1e-12)))].Precision);

    /// <summary>One class's ROC curve as thousandths: x, y, x, y, ...</summary>
    public static int[] Roc(RankedScores ranked, int points) => Thin([.. ranked.Roc().Select(p => (p.FalsePositiveRate, p.TruePositiveRate))], points);

    /// <summary>One class's precision-recall curve as thousandths; a step at each point. It starts at the first threshold's precision, not at the 1 that is only a convention.</summary>
    public static int[] PrecisionRecall(RankedScores ranked, int points) =>
        Thin([.. ranked.PrecisionRecall().Skip(1).Take(1).Select(p => (0.0, p.Precision)), .. ranked.PrecisionRecall().Skip(1).Select(p => (p.Recall, p.Precision))], points);

    private static (double X, double Y)[] Mean<T>(IReadOnlyList<IReadOnlyList<T>> curves, Func<IReadOnlyList<T>, double, double> at)
    {
        if (curves.Count == 0)
            return [];
        var mean = new (double X, double Y)[GridSteps + 1];
        Parallel.For(0, mean.Length, i => mean[i] = ((double)i / GridSteps, curves.Average(curve => at(curve, (double)i / GridSteps))));
        return mean;
    }

    // Equal steps along the curve's length, so that steep and flat parts keep their shape.
    private static int[] Thin((double X, double Y)[] points, int most)
    {
        if (points.Length == 0)
            return [];
        double length = 0, passed = 0;
        for (int i = 1; i < points.Length; i++)
            length += Distance(points[i - 1], points[i]);
        var kept = new List<int>();
        double next = 0, step = length / most;
        for (int i = 0; i < points.Length; i++)
        {
            passed += i == 0 ? 0 : Distance(points[i - 1], points[i]);
            if (passed < next && i < points.Length - 1)
                continue;
            next = passed + step;
            kept.Add((int)Math.Round(points[i].X * 1000));
            kept.Add((int)Math.Round(points[i].Y * 1000));
        }

        return [.. kept];
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    /// <summary>The first index for which a condition holds that holds for all after it; count when for none.</summary>
    private static int Search(int count, Func<int, bool> holds)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
