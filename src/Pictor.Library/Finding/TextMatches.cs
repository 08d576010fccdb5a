using System.Runtime.CompilerServices;

namespace Pictor.Library.Finding;

/// <summary>The pictures that all words of a question have found. Dispose it: what it holds is used again.</summary>
internal sealed class TextMatches : IDisposable
{
    private readonly WordHitsPool _pool;
    private readonly IReadOnlyList<WordHits> _each;
    private readonly WordHits? _whole;
    private readonly WordHits _all;

    /// <param name="pool">Where the hits go back to.</param>
    /// <param name="each">What each word has found.</param>
    /// <param name="whole">What all of them have found as one name: "sports car". It says more than the words apart.</param>
    /// <param name="length">Rows are less.</param>
    internal TextMatches(WordHitsPool pool, IReadOnlyList<WordHits> each, WordHits? whole, int length)
    {
        (_pool, _each, _whole) = (pool, each, whole);
        _all = each.Count == 1 && whole is null ? each[0] : Together(pool, each, whole, length);
    }

    internal ReadOnlySpan<int> Rows => _all.Rows;

    internal bool Has(long row) => row <= int.MaxValue && _all.TryGet((int)row, out _);

    /// <summary>The mean over the words, and whether one of them fits hardly better than chance.</summary>
    internal (double Score, bool Weak) Of(int row) => _all.TryGet(row, out Found found) ? (found.Score, found.Weak) : default;

    /// <summary>Why it was found: one reason for each word.</summary>
    internal IEnumerable<Found> Reasons(int row)
    {
        if (_whole is not null && _whole.TryGet(row, out Found whole) && !whole.Weak)
            return [whole];
        return _each.Select(word => word.TryGet(row, out Found found) ? found : default);
    }

    public void Dispose()
    {
        foreach (WordHits hits in _each)
            _pool.Return(hits);
        if (_whole is not null)
            _pool.Return(_whole);
        if (!ReferenceEquals(_all, _each[0]))
            _pool.Return(_all);
    }

    /// <summary>What every word has found, with the mean of the scores; the reason of the word that found it worst, for a term of several words is one of them to whoever asks why.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static WordHits Together(WordHitsPool pool, IReadOnlyList<WordHits> each, WordHits? whole, int length)
    {
        WordHits result = pool.Rent(length), fewest = each.MinBy(e => e.Count)!;
        foreach (int row in fewest.Rows)
        {
            double sum = 0;
            bool weak = false;
            Found worst = default;
            int i = 0;
            while (i < each.Count && each[i].TryGet(row, out Found found))
            {
                if (i == 0 || found.Score < worst.Score)
                    worst = found;
                sum += found.Score;
                weak |= found.Weak;
                i++;
            }

            if (i == each.Count && !(whole?.TryGet(row, out Found named) == true && !named.Weak))
                result.Add(worst with { Score = sum / i, Weak = weak });
        }

        if (whole is not null)
        {
            foreach (int row in whole.Rows)
            {
                if (whole.TryGet(row, out Found named) && !named.Weak)
                    result.Add(named);
            }
        }

        return result;
    }
}

/// <summary>Hits to be used again: as many as questions were asked at once, up to some.</summary>
internal sealed class WordHitsPool
{
    private const int Kept = 8;

    private readonly System.Collections.Concurrent.ConcurrentBag<WordHits> _free = [];

    internal WordHits Rent(int length)
    {
        WordHits hits = _free.TryTake(out WordHits? free) ? free : new WordHits();
        hits.Reset(length);
        return hits;
    }

    internal void Return(WordHits hits)
    {
        if (_free.Count < Kept)
            _free.Add(hits);
    }
}
