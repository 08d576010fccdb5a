namespace Pictor.Recommendation;

/// <summary>Several ranked lists as one, in turns: each list has its share of every beginning, however short it is cut.</summary>
public static class Turns
{
    /// <summary>Takes from the list that lies furthest behind its share; what was taken before is passed over.</summary>
    /// <param name="lists">Ranked, the best first.</param>
    /// <param name="shares">One positive number for each list.</param>
    /// <param name="count">How many to take at most.</param>
    /// <returns>Candidates with the position of the list that they were taken from.</returns>
    /// <exception cref="ArgumentException">Not as many shares as lists, or one that is not positive.</exception>
    public static IReadOnlyList<(Candidate Candidate, int List)> Take(IReadOnlyList<IReadOnlyList<Candidate>> lists, IReadOnlyList<double> shares, int count)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(shares);
        if (lists.Count != shares.Count || shares.Any(s => !(s > 0))) throw new ArgumentException("Each list needs one positive share.", nameof(shares));
        var result = new List<(Candidate, int)>();
        var taken = new HashSet<long>();
        int[] next = new int[lists.Count], given = new int[lists.Count];
        while (result.Count < count)
        {
            int turn = -1;
            for (int k = 0; k < lists.Count; k++)
            {
                while (next[k] < lists[k].Count && taken.Contains(lists[k][next[k]].Id))
                    next[k]++;
                if (next[k] < lists[k].Count && (turn < 0 || (given[k] + 1) / shares[k] < (given[turn] + 1) / shares[turn]))
                    turn = k;
            }

            if (turn < 0)
                break;
            Candidate candidate = lists[turn][next[turn]++];
            taken.Add(candidate.Id);
            given[turn]++;
            result.Add((candidate, turn));
        }

        return result;
    }
}
