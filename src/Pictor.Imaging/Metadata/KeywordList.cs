using System.Text;

namespace Pictor.Imaging;

/// <summary>
/// Gathers words from the fields in which programs keep them: flat ones, and paths. Each word counts once, whatever its case, and keeps the first path it is met with.
/// What programs note for themselves (colour labels, export marks) is no word about the picture.
/// </summary>
internal sealed class KeywordList
{
    internal const int LongestWord = 500, LongestText = 4000;
    private const int MostWords = 1000, DeepestPath = 32;

    private static readonly string[] s_ofPrograms = ["_Digikam_Internal_Tags_", "darktable"];

    private readonly List<string> _flat = [];
    private readonly List<string[]> _paths = [];

    internal void AddWord(string? text)
    {
        if (_flat.Count < MostWords && Clean(text, LongestWord) is { } word)
            _flat.Add(word);
    }

    internal void AddPath(string? text, char divider)
    {
        if (_paths.Count >= MostWords || text is null || text.Length > LongestWord * 4)
            return;

        // "AC/DC" that also stands among the flat words is one word.
        string whole = text.Trim();
        string[] parts = _flat.Contains(whole, StringComparer.OrdinalIgnoreCase) ? [whole] : [.. whole.Split(divider).Select(part => Clean(part, LongestWord)).OfType<string>()];
        if (parts.Length is > 0 and <= DeepestPath)
            _paths.Add(parts);
    }

    internal IReadOnlyList<Keyword> ToKeywords()
    {
        HashSet<string> marks = new(_paths.Where(IsOfProgram).SelectMany(p => p), StringComparer.OrdinalIgnoreCase);
        marks.UnionWith(s_ofPrograms);
        marks.ExceptWith(_paths.Where(p => !IsOfProgram(p)).SelectMany(p => p));
        var words = new Dictionary<string, Keyword>(StringComparer.OrdinalIgnoreCase);
        foreach (string[] path in _paths.Where(p => p.Length > 1 && !IsOfProgram(p)))
        {
            for (int i = path.Length - 1; i >= 0 && words.Count < MostWords; i--)
                words.TryAdd(path[i], new Keyword(path[i], i == 0 ? null : string.Join('|', path[..(i + 1)])));
        }

        foreach (string word in _flat.Concat(_paths.Where(p => p.Length == 1).Select(p => p[0])).Where(w => !marks.Contains(w) && words.Count < MostWords))
            words.TryAdd(word, new Keyword(word));
        return [.. words.Values];
    }

    /// <summary>Without control characters and surrounding blanks, cut to a length; null when nothing is left.</summary>
    internal static string? Clean(string? text, int longest)
    {
        if (text is null)
            return null;
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
                break;
            if (!Rune.IsControl(rune) && rune.Value != 0xFFFD)
                clean.Append(rune.ToString());
            else if (Rune.IsWhiteSpace(rune) && clean.Length > 0)
                clean.Append(' ');
        }

        string result = clean.ToString().Trim();
        return result.Length == 0 ? null : result;
    }

    private static bool IsOfProgram(string[] path) => s_ofPrograms.Contains(path[0], StringComparer.Ordinal);
}
