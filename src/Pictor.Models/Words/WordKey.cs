using System.Text;

namespace Pictor.Models.Words;

/// <summary>How words are compared: compatibility forms folded (full-width letters, ligatures), case folded, traditional characters simplified, blanks collapsed. ＣＡＴ, Cat and cat are one
/// word, and so are 貓 and 猫.</summary>
public static class WordKey
{
    /// <summary>The folded form of a text that holds no halves of surrogate pairs.</summary>
    public static string Of(string text)
    {
        string folded = SimplifiedForms.Of(text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant());
        return string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
