namespace Pictor.Datasets;

/// <summary>In which order an epoch shows the pictures of a store; depends on seed and epoch alone.</summary>
internal sealed class EpochOrder
{
    private const int ShuffleStream = 0x0DE5;
    private const int BalanceStream = 0xBA1A;
    private readonly int _count;
    private readonly int _seed;
    private readonly int[][]? _byClass;

    public EpochOrder(PackedStore store, Sampling sampling, int seed)
    {
        (_count, _seed) = (store.Count, seed);
        if (sampling == Sampling.Balanced)
            _byClass = ByClass(store);
    }

    public int[] Of(int epoch) => _byClass is null ? Shuffled(epoch) : Balanced(epoch, _byClass);

    private int[] Shuffled(int epoch)
    {
        var order = new int[_count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        var random = new CounterRandom(_seed, epoch, ShuffleStream);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private int[] Balanced(int epoch, int[][] byClass)
    {
        var order = new int[_count];
        var random = new CounterRandom(_seed, epoch, BalanceStream);
        for (int i = 0; i < order.Length; i++)
        {
            int[] positions = byClass[random.Below(byClass.Length)];
            order[i] = positions[random.Below(positions.Length)];
        }

        return order;
    }

    /// <summary>Positions by class, without empty classes; pictures of no class are a class of their own.</summary>
    private static int[][] ByClass(PackedStore store)
    {
        var lists = new List<int>[store.ClassCount + 1];
        for (int c = 0; c < lists.Length; c++)
            lists[c] = [];
        for (int p = 0; p < store.Count; p++)
        {
            ReadOnlySpan<int> classes = store.ClassesOf(p);
            foreach (int label in classes)
                lists[label].Add(p);
            if (classes.IsEmpty)
                lists[^1].Add(p);
        }

        return [.. lists.Where(list => list.Count > 0).Select(list => list.ToArray())];
    }
}
