namespace Pictor.Datasets;

/// <summary>
/// Which samples must stay in one part: those with equal bytes, those of one <see cref="Sample.Group"/>, and those that the caller joins, such as near duplicates.
/// Joins add up: a copy of a picture of patient A in patient B's folder makes one group of both. (Union-find with path halving.)
/// </summary>
internal static class SplitGroups
{
    /// <summary>For each sample the lowest index of its group.</summary>
    /// <param name="samples">The samples, by index.</param>
    /// <param name="further">Samples with the same number here stay together too; negative numbers join nothing.</param>
    public static int[] Of(IReadOnlyList<Sample> samples, IReadOnlyList<int>? further = null)
    {
        var parent = new int[samples.Count];
        for (int i = 0; i < parent.Length; i++)
            parent[i] = i;
        var hashes = new Dictionary<string, int>(samples.Count, StringComparer.Ordinal);
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new Dictionary<int, int>();
        for (int i = 0; i < parent.Length; i++)
        {
            Join(parent, hashes, samples[i].Sha256, i);
            if (samples[i].Group is { } group)
                Join(parent, groups, group, i);
            if (further is not null && further[i] >= 0)
                Join(parent, numbers, further[i], i);
        }

        for (int i = 0; i < parent.Length; i++)
            parent[i] = Root(parent, i);
        return parent;
    }

    private static void Join<T>(int[] parent, Dictionary<T, int> first, T key, int sample)
        where T : notnull
    {
        if (first.TryAdd(key, sample))
            return;
        int a = Root(parent, first[key]), b = Root(parent, sample);
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }
}
