using System.Text;

namespace Pictor.Datasets;

/// <summary>How many columns a text takes in a terminal: Chinese characters and full-width forms take two.</summary>
internal static class TextWidth
{
    public static int Of(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += WidthOf(rune);
        return width;
    }

    /// <summary>Filled with blanks, or cut with an ellipsis, to exactly this width.</summary>
    public static string Pad(string text, int width)
    {
        int total = Of(text);
        if (total <= width)
            return text + new string(' ', width - total);
        var cut = new StringBuilder();
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (used + WidthOf(rune) > width - 1)
                break;
            cut.Append(rune);
            used += WidthOf(rune);
        }

        return cut.Append('…').Append(' ', width - used - 1).ToString();
    }

    private static int WidthOf(Rune rune) => rune.Value switch
    {
        < 0x1100 => 1,
        <= 0x115F or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };
}
