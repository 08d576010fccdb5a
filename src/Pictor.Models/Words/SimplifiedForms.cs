using System.Collections.Frozen;

namespace Pictor.Models.Words;

/// <summary>
/// Traditional Chinese characters by their simplified forms, so that 貓 and 猫 are one word. A table made from Unicode's Unihan data, character by character: enough to compare words, for
/// both sides are folded, and not meant for showing text.
/// </summary>
internal static class SimplifiedForms
{
    private static readonly Lazy<FrozenDictionary<char, char>> s_table = new(Load);

    internal static string Of(string text)
    {
        int first = 0;
        while (first < text.Length && text[first] < 0x2E80)
            first++;
        return first == text.Length ? text : string.Create(text.Length, text, static (folded, original) =>
        {
            FrozenDictionary<char, char> table = s_table.Value;
            for (int i = 0; i < folded.Length; i++)
                folded[i] = table.GetValueOrDefault(original[i], original[i]);
        });
    }

    private static FrozenDictionary<char, char> Load()
    {
        using Stream stream = typeof(SimplifiedForms).Assembly.GetManifestResourceStream("traditional.txt")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<char, char>();
        while (reader.ReadLine() is { } line)
        {
            for (int i = 0; i + 1 < line.Length && line[0] != '#'; i += 2)
                table.Add(line[i], line[i + 1]);
        }

        return table.ToFrozenDictionary();
    }
}
