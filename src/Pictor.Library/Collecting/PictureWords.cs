using System.Runtime.InteropServices;

namespace Pictor.Library.Collecting;

/// <summary>A word that holds in a picture.</summary>
/// <param name="Word">Its number.</param>
/// <param name="Share">How surely, 0..1.</param>
internal readonly record struct WordShare(int Word, float Share);

/// <summary>For each picture the words that hold in it, end to end in memory: a library has millions of them.</summary>
internal sealed class PictureWords
{
    // By row of the picture: where its words begin; those of the next begin where they end.
    private readonly int[] _starts;
    private readonly WordShare[] _words;

    /// <param name="entries">In any order.</param>
    internal PictureWords(List<(long Picture, WordShare Word)> entries)
    {
        ReadOnlySpan<(long Picture, WordShare Word)> all = CollectionsMarshal.AsSpan(entries);
        long last = -1;
        foreach ((long picture, _) in all)
            last = Math.Max(last, picture);
        _starts = new int[last + 2];
        foreach ((long picture, _) in all)
            _starts[picture + 1]++;
        for (int row = 1; row < _starts.Length; row++)
            _starts[row] += _starts[row - 1];
        int[] next = [.. _starts];
        _words = new WordShare[all.Length];
        foreach ((long picture, WordShare word) in all)
            _words[next[picture]++] = word;
    }

    /// <summary>Those of all pictures.</summary>
    internal ReadOnlySpan<WordShare> All => _words;

    internal ReadOnlySpan<WordShare> Of(long picture) => picture + 1 < _starts.Length ? _words.AsSpan(_starts[picture].._starts[picture + 1]) : [];
}
