using System.Numerics.Tensors;

namespace Pictor.Recommendation;

/// <summary>Weights of Rocchio's formula. The original query has none here: examples are all there is.</summary>
public sealed record RocchioOptions
{
    /// <summary>Weight of the mean of what is liked. <value>0.75.</value></summary>
    public double Liked { get; init; } = 0.75;

    /// <summary>Weight of the mean of what is disliked. <value>0.15.</value></summary>
    public double Disliked { get; init; } = 0.15;
}

/// <summary>Which liked example speaks most for a candidate: the reason to show beside it.</summary>
/// <param name="Index">Position of the example in the list that was given.</param>
/// <param name="Similarity">Inner product with the candidate; the cosine of unit vectors.</param>
public readonly record struct RocchioReason(int Index, float Similarity);

/// <summary>One direction that stands for liked and against disliked examples (Rocchio 1971, relevance feedback in SMART).</summary>
public static class Rocchio
{
    /// <summary>The profile: weight * mean(liked) - weight * mean(disliked), brought to unit length. With nothing liked it points away from what is disliked.</summary>
    /// <param name="liked">[n][dimensions], unit length; may be empty only when <paramref name="disliked"/> is not.</param>
    /// <param name="disliked">[m][dimensions], unit length.</param>
    /// <param name="options">Weights.</param>
    /// <returns>[dimensions], unit length; all zeros where the examples cancel out and no direction is left.</returns>
    /// <exception cref="ArgumentException">No examples, examples of unequal or no length, numbers that are not finite, or weights below 0.</exception>
    public static float[] Profile(IReadOnlyList<float[]> liked, IReadOnlyList<float[]> disliked, RocchioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(liked);
        ArgumentNullException.ThrowIfNull(disliked);
        options ??= new RocchioOptions();
        if (liked.Count + disliked.Count == 0) throw new ArgumentException("A profile needs at least one liked or disliked example.", nameof(liked));
        if (!(options.Liked >= 0 && options.Disliked >= 0 && double.IsFinite(options.Liked + options.Disliked)))
            throw new ArgumentException($"Weights are finite and at least 0, not {options.Liked} and {options.Disliked}.", nameof(options));

        int dimensions = (liked.Count > 0 ? liked[0] : disliked[0]).Length;
        if (dimensions == 0) throw new ArgumentException("The examples are empty vectors.", nameof(liked));
        double[] sum = new double[dimensions];
        Add(sum, liked, options.Liked, nameof(liked));
        Add(sum, disliked, -options.Disliked, nameof(disliked));
        return Unit(sum);
    }

    /// <summary>The liked example that is most like a candidate; of equal ones the first.</summary>
    /// <param name="candidate">[dimensions].</param>
    /// <param name="liked">[n][dimensions].</param>
    /// <returns>The example, or null where nothing is liked.</returns>
    /// <exception cref="ArgumentException">An example has another length than the candidate.</exception>
    public static RocchioReason? Explain(ReadOnlySpan<float> candidate, IReadOnlyList<float[]> liked)
    {
        ArgumentNullException.ThrowIfNull(liked);
        RocchioReason? best = null;
        for (int i = 0; i < liked.Count; i++)
        {
            Check(liked[i], candidate.Length, nameof(liked), i);
            float similarity = TensorPrimitives.Dot(candidate, liked[i]);
            if (best is null || similarity > best.Value.Similarity) best = new RocchioReason(i, similarity);
        }

        return best;
    }

    private static void Add(double[] sum, IReadOnlyList<float[]> examples, double weight, string name)
    {
        double share = weight / Math.Max(1, examples.Count);
        double[] wide = new double[sum.Length];
        for (int i = 0; i < examples.Count; i++)
        {
            Check(examples[i], sum.Length, name, i);
            TensorPrimitives.ConvertChecked<float, double>(examples[i], wide);
            TensorPrimitives.MultiplyAdd(wide, share, sum, sum);
        }
    }

    private static float[] Unit(double[] sum)
    {
        double norm = TensorPrimitives.Norm<double>(sum);
        if (!double.IsFinite(norm)) throw new ArgumentException("An example has a number that is not finite.", nameof(sum));

        // What is left after examples cancel out is rounding, and rounding must not become a direction.
        float[] profile = new float[sum.Length];
        if (norm < 1e-7) return profile;
        for (int i = 0; i < sum.Length; i++) profile[i] = (float)(sum[i] / norm);
        return profile;
    }

    private static void Check(float[] example, int dimensions, string name, int index)
    {
        if (example is null || example.Length != dimensions)
            throw new ArgumentException($"Example {index} has {example?.Length ?? 0} numbers, but {dimensions} were expected.", name);
    }
}
