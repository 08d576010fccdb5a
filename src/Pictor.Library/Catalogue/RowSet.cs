using System.Numerics;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Catalogue;

/// <summary>A set of row ids as bits: they are dense, so a million of them take 125 KB.</summary>
internal sealed class RowSet
{
    private ulong[] _bits = new ulong[64];

    internal int Count => _bits.Sum(word => BitOperations.PopCount(word));

    /// <summary>The rows that stand in the first column of an answer.</summary>
    internal static RowSet Read(SqliteCommand command)
    {
        var rows = new RowSet();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(reader.GetInt64(0));
        return rows;
    }

    internal void Add(long row)
    {
        int word = checked((int)(row >> 6));
        if (word >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        _bits[word] |= 1UL << (int)(row & 63);
    }

    internal bool Contains(long row) => row >> 6 < _bits.Length && (_bits[row >> 6] & (1UL << (int)(row & 63))) != 0;

    /// <summary>Takes in what is in the other.</summary>
    internal void Join(RowSet other)
    {
        if (other._bits.Length > _bits.Length)
            Array.Resize(ref _bits, other._bits.Length);
        for (int i = 0; i < other._bits.Length; i++)
            _bits[i] |= other._bits[i];
    }

    /// <summary>Keeps what is in the other too.</summary>
    internal void Keep(RowSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] &= i < other._bits.Length ? other._bits[i] : 0;
    }

    /// <summary>Drops what is in the other.</summary>
    internal void Drop(RowSet other)
    {
        for (int i = 0; i < Math.Min(_bits.Length, other._bits.Length); i++)
            _bits[i] &= ~other._bits[i];
    }

    /// <summary>The rows, ascending.</summary>
    internal IEnumerable<int> Rows()
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            for (ulong word = _bits[i]; word != 0; word &= word - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
        }
    }
}
