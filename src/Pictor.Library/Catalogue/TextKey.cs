using System.Text;
using Pictor.Models.Words;

namespace Pictor.Library.Catalogue;

/// <summary>How words are compared: compatibility forms folded (full-width letters, ligatures), case folded, blanks collapsed. ＣＡＴ, Cat and cat are one word.</summary>
internal static class TextKey
{
    internal static string Of(string text) => WordKey.Of(WellFormed(text));

    /// <summary>Replaces halves of surrogate pairs and control characters, which neither SQLite nor JSON should ever see.</summary>
    internal static string WellFormed(string text)
    {
        if (text.All(c => !char.IsSurrogate(c) && !char.IsControl(c)))
            return text;
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            result.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return result.ToString();
    }

    /// <summary>The words of a file name: runs of letters or of digits; each Chinese, Japanese or Korean run stays whole.</summary>
    internal static IEnumerable<string> WordsOf(string key)
    {
        int start = 0;
        for (int i = 1; i <= key.Length; i++)
        {
            if (i < key.Length && Class(key[i]) == Class(key[start]))
                continue;
            if (Class(key[start]) != 0)
                yield return key[start..i];
            start = i;
        }
    }

    /// <summary>True for text that is written without blanks between words, where any part may be a word.</summary>
    internal static bool IsUnspaced(string key) => key.Any(c => c >= 0x2E80);

    private static int Class(char c) => char.IsDigit(c) ? 1 : c >= 0x2E80 && char.IsLetter(c) ? 3 : char.IsLetter(c) || char.IsSurrogate(c) ? 2 : 0;
}
