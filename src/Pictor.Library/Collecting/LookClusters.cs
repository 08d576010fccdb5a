using System.Numerics.Tensors;

namespace Pictor.Library.Collecting;

/// <summary>
/// Unit vectors in groups by spherical k-means (I. Dhillon, D. Modha, "Concept Decompositions for Large Sparse Text Data Using Clustering", 2001): each vector goes to the centre with the
/// greatest inner product, each centre is the normalised sum of its own. It begins with vectors far from one another, so the same library always falls into the same groups. The centres of
/// many vectors are found among some of them, spread evenly.
/// </summary>
internal static class LookClusters
{
    private const int Rounds = 12;
    private const int Most = 40;

    /// <summary>Centres are looked for among so many vectors, up to 250 for each; all of 100,000 would take seconds.</summary>
    private const int Enough = 250 * Most;

    /// <summary>For each vector its group and how typical it is of it.</summary>
    internal static (int Group, float Score)[] Of(IReadOnlyList<float[]> vectors)
    {
        var result = new (int Group, float Score)[vectors.Count];
        if (vectors.Count == 0)
            return result;
        int count = Math.Clamp((int)Math.Sqrt(vectors.Count / 2.0), 1, Most);
        int step = (vectors.Count + Enough - 1) / Enough;
        IReadOnlyList<float[]> some = step == 1 ? vectors : [.. Enumerable.Range(0, (vectors.Count + step - 1) / step).Select(i => vectors[i * step])];
        float[][] centres = Begin(some, count);
        var groups = new (int Group, float Score)[some.Count];
        for (int round = 0; round < Rounds; round++)
        {
            int[] before = [.. groups.Select(g => g.Group)];
            Assign(some, centres, groups);
            if (round > 0 && groups.Select(g => g.Group).SequenceEqual(before))
                break;
            Move(some, groups, centres);
        }

        Assign(vectors, centres, result);
        return result;
    }

    private static void Assign(IReadOnlyList<float[]> vectors, float[][] centres, (int Group, float Score)[] groups) => Parallel.For(0, vectors.Count, i =>
    {
        (int Group, float Score) best = (0, float.NegativeInfinity);
        for (int c = 0; c < centres.Length; c++)
        {
            float score = TensorPrimitives.Dot(vectors[i], centres[c]);
            if (score > best.Score)
                best = (c, score);
        }

        groups[i] = best;
    });

    /// <summary>The first vector, then always the one that is least like all chosen before.</summary>
    private static float[][] Begin(IReadOnlyList<float[]> vectors, int count)
    {
        var chosen = new List<float[]> { (float[])vectors[0].Clone() };
        float[] nearest = [.. vectors.Select(v => TensorPrimitives.Dot(v, chosen[0]))];
        while (chosen.Count < count)
        {
            int farthest = TensorPrimitives.IndexOfMin(nearest);
            float[] next = (float[])vectors[farthest].Clone();
            chosen.Add(next);
            for (int i = 0; i < nearest.Length; i++)
                nearest[i] = Math.Max(nearest[i], TensorPrimitives.Dot(vectors[i], next));
        }

        return [.. chosen];
    }

    private static void Move(IReadOnlyList<float[]> vectors, (int Group, float Score)[] groups, float[][] centres)
    {
        var sums = new float[centres.Length][];
        for (int i = 0; i < vectors.Count; i++)
        {
            float[] sum = sums[groups[i].Group] ??= new float[vectors[i].Length];
            TensorPrimitives.Add<float>(sum, vectors[i], sum);
        }

        for (int c = 0; c < centres.Length; c++)
        {
            // A centre that has lost all of its vectors stays where it was.
            if (sums[c] is { } sum && TensorPrimitives.Norm<float>(sum) is > 1e-6f and var norm)
            {
                TensorPrimitives.Divide(sum, norm, sum);
                centres[c] = sum;
            }
        }
    }
}
