using System.Runtime.CompilerServices;

namespace Pictor.Library.Finding;

/// <summary>
/// The pictures that one word has found, each with its best reason. By row of the picture and used again for the next question, for a common word finds half of a library and a dictionary of
/// so many would cost more than the search.
/// </summary>
internal sealed class WordHits
{
    private Slot[] _slots = [];
    private int[] _rows = new int[256];
    private readonly List<string?> _values = [null];
    private int _value;

    private readonly struct Slot
    {
        internal double Score { get; init; }

        internal long Source { get; init; }

        internal ushort Value { get; init; }

        internal FoundIn In { get; init; }

        internal bool Taken { get; init; }

        internal bool Weak { get; init; }
    }

    internal int Count { get; private set; }

    /// <summary>In the order in which they were found first.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Forgets everything and makes room for rows below <paramref name="length"/>.</summary>
    internal void Reset(int length)
    {
        if (_slots.Length < length)
        {
            _slots = new Slot[length];
        }
        else
        {
            foreach (int row in Rows)
                _slots[row] = default;
        }

        (Count, _value) = (0, 0);
        _values.RemoveRange(1, _values.Count - 1);
    }

    /// <summary>Keeps the better of what is there and this.</summary>
    // Here and in what calls it: optimised at once, for the first questions after a start should not wait for the compiler to find out that this is where the time goes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in Found found)
    {
        int row = (int)found.Picture;
        ref Slot slot = ref _slots[row];
        if (!slot.Taken)
        {
            if (Count == _rows.Length)
                Array.Resize(ref _rows, Count * 2);
            _rows[Count++] = row;
        }
        else if (!found.IsBetterThan(Of(row, slot)))
        {
            return;
        }

        slot = new Slot { Score = found.Score, Source = found.Source, In = found.In, Weak = found.Weak, Value = IndexOf(found.Value), Taken = true };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryGet(int row, out Found found)
    {
        if (row < _slots.Length && _slots[row].Taken)
        {
            found = Of(row, _slots[row]);
            return true;
        }

        found = default;
        return false;
    }

    private Found Of(int row, in Slot slot) => new(row, slot.Score, slot.In, slot.Source, _values[slot.Value], slot.Weak);

    // One word has few different values, and mostly that of the hit before.
    private ushort IndexOf(string? value)
    {
        if (value is null)
            return 0;
        if (_value == 0 || !string.Equals(_values[_value], value, StringComparison.Ordinal))
        {
            _value = _values.IndexOf(value);
            if (_value < 0)
            {
                _values.Add(value);
                _value = _values.Count - 1;
            }
        }

        return checked((ushort)_value);
    }
}
