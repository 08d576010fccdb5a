namespace Pictor.Datasets.Assembling;

/// <summary>The words for parts that people and formats use.</summary>
internal static class SplitWords
{
    private static readonly Dictionary<string, Split> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Split.Train,
        ["training"] = Split.Train,
        ["val"] = Split.Val,
        ["valid"] = Split.Val,
        ["validation"] = Split.Val,
        ["dev"] = Split.Val,
        ["test"] = Split.Test,
        ["testing"] = Split.Test,
    };

    /// <summary>The part that a word names; null for any other word.</summary>
    public static Split? Of(string word) => s_words.TryGetValue(word, out Split split) ? split : null;

    /// <summary>The word that Pictor writes.</summary>
    public static string Word(Split split) => split switch { Split.Train => "train", Split.Val => "val", _ => "test" };

    /// <summary>What is wrong with a word that names no part.</summary>
    public static string Problem(string word) =>
        $"'{word}' is no split; the words are train, val (valid, validation) and test" + (NearestWord.Of(word, s_words.Keys) is { } near ? $". Did you mean '{near}'?" : "");

    /// <summary>The part that stands in a path such as <c>instances_val2017.json</c> or <c>valid/_annotations.json</c>: its file name is asked first, then its folders, the last one first.</summary>
    public static Split? InPath(string path)
    {
        string[] segments = path.Split('/');
        for (int i = segments.Length - 1; i >= 0; i--)
        {
            string name = i == segments.Length - 1 ? System.IO.Path.GetFileNameWithoutExtension(segments[i]) : segments[i];
            foreach (string word in name.Split(['_', '-', '.', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (Of(word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')) is { } split)
                    return split;
            }
        }

        return null;
    }
}
