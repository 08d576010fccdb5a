namespace Pictor.Datasets;

/// <summary>The first so many samples of each class in an order by hash: nested by construction.</summary>
internal static class LabelBudget
{
    private const int Stream = 0xB0D6;

    /// <returns>Positions, ascending.</returns>
    public static int[] Choose(PackedStore store, int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var keys = new ulong[store.Count];
        int[] order = [.. Enumerable.Range(0, store.Count)];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = new CounterRandom(seed, store.Samples[i], Stream).Next();
        Array.Sort(keys, order);

        // A sample's rank in a class does not depend on the count, so what one count lets through a larger one does too.
        var ranks = new int[store.ClassCount + 1];
        var chosen = new List<int>();
        foreach (int position in order)
        {
            bool within = true;
            ReadOnlySpan<int> classes = store.ClassesOf(position);
            foreach (int label in classes)
                within &= ranks[label]++ < count;
            if (classes.IsEmpty)
                within = ranks[^1]++ < count;
            if (within)
                chosen.Add(position);
        }

        chosen.Sort();
        return [.. chosen];
    }
}
