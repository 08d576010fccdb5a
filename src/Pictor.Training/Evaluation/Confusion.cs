using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>Samples of one class that were taken for another.</summary>
/// <param name="Truth">Their class.</param>
/// <param name="Answer">What they were taken for.</param>
/// <param name="Count">How many.</param>
/// <param name="Support">Samples of <paramref name="Truth"/> in all.</param>
internal sealed record Confusion(int Truth, int Answer, int Count, int Support)
{
    /// <summary>All that occurred, the most frequent first; of equal counts the larger share of its class, then the order of the classes.</summary>
    public static IReadOnlyList<Confusion> WorstFirst(ConfusionMatrix matrix)
    {
        var found = new List<Confusion>();
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            int support = matrix.Support(truth);
            for (int answer = 0; answer < matrix.Classes; answer++)
            {
                if (answer != truth && matrix[truth, answer] > 0)
                    found.Add(new Confusion(truth, answer, matrix[truth, answer], support));
            }
        }

        return [.. found.OrderByDescending(c => c.Count).ThenBy(c => c.Support)];
    }
}
