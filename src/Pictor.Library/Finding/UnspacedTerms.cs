using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding;

/// <summary>
/// Chinese is written without blanks, so "红色圆" is one term of two words. A term that is no name of a class itself, but is made of such names from its beginning to its
/// end, is divided into as few of them as possible; any other term stays whole. The particle 的 between words ("红色的圆") counts for nothing.
/// </summary>
internal sealed class UnspacedTerms(LibraryModels models)
{
    private const char Particle = '的';

    internal IReadOnlyList<string> Split(string term)
    {
        if (term.Length < 2 || term[0] == '-' || !TextKey.IsUnspaced(term))
            return [term];
        using AnnotatorLease? lease = models.Borrow();
        return lease is null ? [term] : Split(term, Names(lease.Active.Package.Labels));
    }

    internal static IReadOnlyList<string> Split(string term, IReadOnlySet<string> names)
    {
        if (names.Contains(term))
            return [term];

        // fewest[i]: of how few names the rest from i on is made; next[i]: where the first of them ends. Of equal counts the longest first name wins.
        int[] fewest = new int[term.Length + 1], next = new int[term.Length + 1];
        for (int start = term.Length - 1; start >= 0; start--)
        {
            fewest[start] = int.MaxValue;
            for (int end = term.Length; end > start; end--)
            {
                bool particle = end == start + 1 && term[start] == Particle;
                if (fewest[end] == int.MaxValue || (!particle && !names.Contains(term[start..end])))
                    continue;
                int count = fewest[end] + (particle ? 0 : 1);
                if (count < fewest[start])
                    (fewest[start], next[start]) = (count, end);
            }
        }

        if (fewest[0] is 0 or int.MaxValue)
            return [term];
        var parts = new List<string>(fewest[0]);
        for (int start = 0; start < term.Length; start = next[start])
        {
            string part = term[start..next[start]];
            if (part.Length > 1 || part[0] != Particle || names.Contains(part))
                parts.Add(part);
        }

        return parts;
    }

    private static HashSet<string> Names(IReadOnlyList<Label> labels) =>
        [.. labels.SelectMany(label => new[] { label.Id, label.Name, label.Chinese ?? "" }.Concat(label.Synonyms)).Where(name => name.Length > 0).Select(TextKey.Of)];
}
