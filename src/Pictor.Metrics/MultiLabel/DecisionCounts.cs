namespace Pictor.Metrics;

/// <summary>Decisions at thresholds, counted.</summary>
/// <param name="Hits">[classes]: samples of the class that were named so.</param>
/// <param name="Support">[classes]: samples of the class.</param>
/// <param name="Answered">[classes]: samples named so.</param>
/// <param name="Exact">Samples without a wrong decision.</param>
/// <param name="Wrong">Wrong decisions.</param>
internal sealed record DecisionCounts(int[] Hits, int[] Support, int[] Answered, int Exact, long Wrong)
{
    /// <param name="table">The predictions.</param>
    /// <param name="thresholds">[classes].</param>
    /// <param name="counts">How often each sample counts; empty: once.</param>
    public static DecisionCounts Of(MultiLabelTable table, IReadOnlyList<double> thresholds, ReadOnlySpan<int> counts = default)
    {
        int[] hits = new int[table.Classes], support = new int[table.Classes], answered = new int[table.Classes];
        int exact = 0;
        long wrong = 0;
        for (int i = 0; i < table.Samples; i++)
        {
            int count = counts.IsEmpty ? 1 : counts[i], faults = 0;
            if (count == 0)
                continue;
            ReadOnlySpan<bool> truth = table.Truth(i);
            ReadOnlySpan<double> scores = table.Scores(i);
            for (int k = 0; k < scores.Length; k++)
            {
                bool named = scores[k] >= thresholds[k];
                support[k] += truth[k] ? count : 0;
                answered[k] += named ? count : 0;
                hits[k] += named && truth[k] ? count : 0;
                faults += named != truth[k] ? 1 : 0;
            }

            exact += faults == 0 ? count : 0;
            wrong += (long)faults * count;
        }

        return new DecisionCounts(hits, support, answered, exact, wrong);
    }
}
