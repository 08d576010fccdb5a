namespace Pictor.Recommendation;

/// <summary>Weights of Rocchio's formula. The original query has none here: examples are all there is.</summary>
public sealed record RocchioOptions
{
    /// <summary>Weight of the mean of what is liked. <value>0.75.</value></summary>
    public double Liked { get; init; } = 0.75;

    /// <summary>Weight of the mean of what is disliked. <value>0.15.</value></summary>
    public double Disliked { get; init; } = 0.15;
}

/// <summary>One direction that stands for liked and against disliked examples (Rocchio 1971, relevance feedback in SMART).</summary>
public static class Rocchio
{
    /// <summary>The profile, unit length.</summary>
    /// <param name="liked">[n][dimensions]; may be empty only when <paramref name="disliked"/> is not.</param>
    /// <param name="disliked">[m][dimensions].</param>
    /// <param name="options">Weights.</param>
    public static float[] Profile(IReadOnlyList<float[]> liked, IReadOnlyList<float[]> disliked, RocchioOptions? options = null) => throw new NotImplementedException();
}
