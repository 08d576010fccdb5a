namespace Pictor.Imaging;

/// <summary>Items by a key of a few bits, sorted: eight bytes an entry, however long the key.</summary>
internal sealed class KeyTable
{
    private readonly int[] _keys;
    private readonly int[] _items;

    /// <param name="keys">Key of each entry; negative ones are left out.</param>
    /// <param name="itemOf">What to remember of an entry.</param>
    public KeyTable(ReadOnlySpan<int> keys, Func<int, int> itemOf)
    {
        var entries = new List<long>(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] >= 0)
                entries.Add(((long)keys[i] << 32) | (uint)i);
        }

        entries.Sort();
        _keys = new int[entries.Count];
        _items = new int[entries.Count];
        for (int e = 0; e < _keys.Length; e++)
            (_keys[e], _items[e]) = ((int)(entries[e] >> 32), itemOf((int)(entries[e] & uint.MaxValue)));
    }

    /// <summary>Items with this key, in the order of their entries.</summary>
    public ReadOnlySpan<int> this[int key]
    {
        get
        {
            int start = FirstFrom(key, 0), end = FirstFrom(key + 1, start);
            return _items.AsSpan(start, end - start);
        }
    }

    private int FirstFrom(int key, int low)
    {
        int high = _keys.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
