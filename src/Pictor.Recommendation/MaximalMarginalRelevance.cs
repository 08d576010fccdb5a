namespace Pictor.Recommendation;

/// <summary>Something that could be recommended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Relevance">Score against the profile.</param>
/// <param name="Vector">[dimensions], unit length.</param>
public sealed record Candidate(long Id, double Relevance, float[] Vector);

/// <summary>Relevant and not all alike (Carbonell and Goldstein 1998).</summary>
public static class MaximalMarginalRelevance
{
    /// <summary>Candidates in the order of lambda * relevance - (1 - lambda) * greatest similarity to what was taken.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="count">How many to take.</param>
    /// <param name="lambda">1: relevance alone; 0: variety alone. <value>0.7.</value></param>
    public static IReadOnlyList<Candidate> Rank(IReadOnlyList<Candidate> candidates, int count, double lambda = 0.7) => throw new NotImplementedException();
}
