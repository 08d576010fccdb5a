using System.Numerics.Tensors;

namespace Pictor.Recommendation;

/// <summary>Something that could be recommended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Relevance">Score against the profile.</param>
/// <param name="Vector">[dimensions], unit length.</param>
public sealed record Candidate(long Id, double Relevance, float[] Vector);

/// <summary>Relevant and not all alike (Carbonell and Goldstein 1998).</summary>
public static class MaximalMarginalRelevance
{
    /// <summary>
    /// Candidates in the order of lambda * relevance - (1 - lambda) * greatest similarity to what was taken (0 for the first); equal ones by ascending id.
    /// Takes count * candidates * dimensions multiplications: each round only compares with the one taken last.
    /// </summary>
    /// <param name="candidates">In any order; vectors of one length.</param>
    /// <param name="count">How many to take at most.</param>
    /// <param name="lambda">1: relevance alone; 0: variety alone. <value>0.7.</value></param>
    /// <exception cref="ArgumentException">Lambda outside 0..1, a relevance that is not a number, or vectors of unequal length.</exception>
    public static IReadOnlyList<Candidate> Rank(IReadOnlyList<Candidate> candidates, int count, double lambda = 0.7)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!(lambda is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "Lambda lies between 0 and 1.");
        Check(candidates);

        Candidate[] left = [.. candidates];
        double[] nearest = new double[left.Length];
        var taken = new List<Candidate>(Math.Min(count, left.Length));
        int remaining = left.Length;
        while (taken.Count < count && remaining > 0)
        {
            int best = Best(left.AsSpan(0, remaining), nearest, lambda);
            Candidate next = left[best];
            taken.Add(next);
            remaining--;
            (left[best], nearest[best]) = (left[remaining], nearest[remaining]);
            for (int i = 0; i < remaining; i++)
            {
                double similarity = TensorPrimitives.Dot(left[i].Vector, next.Vector);
                nearest[i] = taken.Count == 1 ? similarity : Math.Max(nearest[i], similarity);
            }
        }

        return taken;
    }

    private static int Best(ReadOnlySpan<Candidate> left, double[] nearest, double lambda)
    {
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < left.Length; i++)
        {
            double value = (lambda * left[i].Relevance) - ((1 - lambda) * nearest[i]);
            if (value < highest || (value == highest && left[i].Id >= left[best].Id)) continue;
            (best, highest) = (i, value);
        }

        return best;
    }

    private static void Check(IReadOnlyList<Candidate> candidates)
    {
        foreach (Candidate candidate in candidates)
        {
            if (!double.IsFinite(candidate.Relevance)) throw new ArgumentException($"The relevance of {candidate.Id} is not a finite number.", nameof(candidates));
            if (!float.IsFinite(TensorPrimitives.SumOfSquares<float>(candidate.Vector))) throw new ArgumentException($"The vector of {candidate.Id} has a number that is not finite.", nameof(candidates));
            if (candidate.Vector.Length != candidates[0].Vector.Length)
                throw new ArgumentException($"The vector of {candidate.Id} has {candidate.Vector.Length} numbers, but that of {candidates[0].Id} has {candidates[0].Vector.Length}.", nameof(candidates));
        }
    }
}
