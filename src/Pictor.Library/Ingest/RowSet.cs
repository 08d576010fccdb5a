namespace Pictor.Library.Ingest;

/// <summary>A set of row ids as bits: they are dense, so a million files take 125 KB.</summary>
internal sealed class RowSet
{
    private ulong[] _bits = new ulong[64];

    internal void Add(long row)
    {
        int word = checked((int)(row >> 6));
        if (word >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        _bits[word] |= 1UL << (int)(row & 63);
    }

    internal bool Contains(long row) => row >> 6 < _bits.Length && (_bits[row >> 6] & (1UL << (int)(row & 63))) != 0;
}
