using System.Globalization;
using System.Text;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding;

/// <summary>
/// Text as the word index takes it: folded, with blanks between its tokens. Each Chinese, Japanese or Korean character is a token of its own and a word of several is asked for as a phrase,
/// so that any part of a sentence is found, one character too, without a dictionary. Letters and digits part: "IMG2023" is "img 2023". Characters that SQLite's tokenizer does not know
/// (rare ideographs, emoji) are written as their numbers.
/// </summary>
internal static class WordText
{
    internal static string Of(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        int before = 0;
        foreach (Rune rune in TextKey.Of(text).EnumerateRunes())
        {
            int kind = KindOf(rune);
            if (kind != before || kind == 3)
                result.Append(' ');
            if (kind == 3 && !rune.IsBmp)
                result.Append(CultureInfo.InvariantCulture, $"u{rune.Value:x}x");
            else if (kind != 0)
                result.Append(rune.ToString());
            before = kind;
        }

        return string.Join(' ', result.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The same for names of files, where words may begin with a capital letter instead of a blank: "BeachBall.jpg".</summary>
    internal static string OfName(string name)
    {
        var parted = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                parted.Append(' ');
            parted.Append(name[i]);
        }

        string parts = Of(parted.ToString()), whole = Of(name);
        return parts == whole ? whole : $"{whole} {parts}";
    }

    /// <summary>A phrase of FTS5's language; null when there is no token in the word.</summary>
    internal static string? Phrase(string word, bool prefix = false)
    {
        string tokens = Of(word);
        return tokens.Length == 0 ? null : prefix ? $"\"{tokens}\" *" : $"\"{tokens}\"";
    }

    /// <summary>0: parts words; 1: a digit; 2: a letter of a script with blanks; 3: a word of its own.</summary>
    private static int KindOf(Rune rune)
    {
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category switch
        {
            UnicodeCategory.DecimalDigitNumber => 1,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter =>
                rune.Value >= 0x2E80 ? 3 : 2,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => rune.Value >= 0x2E80 ? 0 : 2,
            UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => rune.Value >= 0x2E80 ? 3 : 1,
            _ => rune.Value >= 0x1F000 && category == UnicodeCategory.OtherSymbol ? 3 : 0,
        };
    }
}
