namespace Pictor.Library.Finding;

/// <summary>
/// Words and likeness in one score: a convex combination of both after each is brought to 0..1 (Bruch et al. 2022 find it better than reciprocal ranks in and out of domain, with a single
/// parameter). Words are there already. A cosine counts from what random pictures of the library score for the same query (0) to equality (1).
/// </summary>
internal static class Fusion
{
    /// <summary>The share of likeness; fitted on labelled pictures by <c>Pictor.Bench fusion</c> (docs/benchmarks.md).</summary>
    internal const double Likeness = 0.5;

    /// <summary>A cosine as 0..1.</summary>
    internal static double Normal(double cosine, double mean) => mean >= 1 ? 0 : Math.Clamp((cosine - mean) / (1 - mean), 0, 1);

    internal static double Of(double words, double likeness) => ((1 - Likeness) * words) + (Likeness * likeness);
}
