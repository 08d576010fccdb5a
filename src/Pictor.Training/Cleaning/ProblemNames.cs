using Pictor.Datasets.Cleaning;

namespace Pictor.Training.Cleaning;

/// <summary>Names of problems in files (label-conflict) and for people (labels that contradict each other).</summary>
internal static class ProblemNames
{
    private static readonly Dictionary<CleaningProblem, (string Title, string Meaning)> s_texts = new()
    {
        [CleaningProblem.Undecodable] = ("Undecodable", "No picture, or pixels that cannot be decoded. Training would skip them."),
        [CleaningProblem.Truncated] = ("Truncated", "The file ends before its last pixel, as after a broken download. Fetch it again if you can."),
        [CleaningProblem.LeftOut] = ("Left out", "Files that are no pictures by name or content, and pictures that lie where no class is."),
        [CleaningProblem.LabelConflict] = ("Contradicting labels", "One picture under different labels. Of a majority the labels stay; without one all are left out, save one that stands in test."),
        [CleaningProblem.LabelError] = ("Likely label errors", "What a network learnt from the other pictures contradicts the label. Look at them: some are errors, some are only odd."),
        [CleaningProblem.Leak] = ("Leaks", "One picture in several parts makes figures too good. The copy in test stays, those in train go."),
        [CleaningProblem.ExactDuplicate] = ("Exact duplicates", "The same bytes or the same pixels more than once. One of each stays."),
        [CleaningProblem.NearDuplicate] = ("Near duplicates", "One picture saved anew: recompressed, scaled, toned, cropped, framed, mirrored or turned. The largest stays."),
        [CleaningProblem.WrongExtension] = ("Wrong names", "The extension says another format than the content. Pictor goes by the content; other programs may not."),
        [CleaningProblem.LowInformation] = ("Nearly uniform", "Hardly anything to see."),
        [CleaningProblem.TooSmall] = ("Too small", "Far smaller than the others of this set."),
        [CleaningProblem.OddAspect] = ("Odd shape", "Far wider or taller than the others of this set."),
        [CleaningProblem.Dark] = ("Dark", "Even the brightest parts are dark, unlike the others of this set."),
        [CleaningProblem.Bright] = ("Bright", "Even the darkest parts are bright, unlike the others of this set."),
        [CleaningProblem.Blurry] = ("Blurry", "Nowhere sharp, unlike the others of this set."),
    };

    private static readonly Dictionary<CleaningProblem, string> s_words = Enum.GetValues<CleaningProblem>().ToDictionary(p => p, p => Hyphened(p.ToString()));

    public static string Word(CleaningProblem problem) => s_words[problem];

    public static string Title(CleaningProblem problem) => s_texts[problem].Title;

    public static string Meaning(CleaningProblem problem) => s_texts[problem].Meaning;

    /// <summary>The problem of a word, or null.</summary>
    public static CleaningProblem? Parse(string word)
    {
        foreach ((CleaningProblem problem, string known) in s_words)
        {
            if (string.Equals(known, word.Trim(), StringComparison.OrdinalIgnoreCase))
                return problem;
        }

        return null;
    }

    public static IEnumerable<string> Words => s_words.Values;

    private static string Hyphened(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
