namespace Pictor.Library.Collecting;

/// <summary>What sets a group of pictures apart from the whole library: words that hold in much of it, and in more of it than anywhere.</summary>
/// <param name="words">For each picture the words that hold.</param>
/// <param name="names">What the words are called; of equals the first comes first.</param>
/// <param name="pictures">How many pictures there are in the library.</param>
/// <param name="least">The share of a group in which a word must hold.</param>
/// <param name="lift">How many times likelier it must be in the group than anywhere.</param>
internal sealed class Telling(PictureWords words, IReadOnlyList<string> names, int pictures, double least, double lift)
{
    private readonly double[] _all = Added(new double[names.Count], words.All);

    /// <summary>By share in the group times how many times likelier the word is there than anywhere; where nothing is likelier, simply the most frequent.</summary>
    internal IEnumerable<int> Words(long[] group)
    {
        double[] sums = new double[names.Count];
        foreach (long picture in group)
            Added(sums, words.Of(picture));
        return Enumerable.Range(0, sums.Length).Where(word => sums[word] >= least * group.Length && sums[word] * pictures >= lift * _all[word] * group.Length)
            .OrderByDescending(word => sums[word] * (0.01 + Math.Max(0, Math.Log(sums[word] / group.Length * pictures / _all[word])))).ThenBy(word => word);
    }

    internal string Name(int word) => names[word];

    private static double[] Added(double[] sums, ReadOnlySpan<WordShare> words)
    {
        foreach (WordShare word in words)
            sums[word.Word] += word.Share;
        return sums;
    }
}
