using System.IO.Enumeration;

namespace Pictor.Library.Ingest;

/// <summary>
/// What a person does not want from a folder, as in .gitignore: a pattern without a slash is a name at any depth, one with a slash is a path from the folder, <c>**</c> stands for any
/// number of folders, a slash at the end means folders only. <c>*</c> and <c>?</c> stay within a name; letter case does not matter.
/// </summary>
internal sealed class ExcludePatterns
{
    private sealed record Pattern(string[] Parts, bool FoldersOnly, bool AnyDepth);

    private readonly Pattern[] _patterns;

    private ExcludePatterns(Pattern[] patterns) => _patterns = patterns;

    internal static ExcludePatterns Of(IEnumerable<string> patterns) => new([.. patterns.Select(Parse)]);

    /// <summary>Trimmed, without empty ones and doubles.</summary>
    /// <exception cref="InputException">A pattern that could match nothing or everything.</exception>
    internal static IReadOnlyList<string> Checked(IEnumerable<string> patterns)
    {
        string[] all = [.. patterns.Select(p => p.Trim().Replace('\\', '/')).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)];
        foreach (string pattern in all)
        {
            string[] parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || pattern.Contains('\n', StringComparison.Ordinal) || parts.Any(p => p is "." or "..") || parts.All(p => p is "*" or "**"))
            {
                throw new InputException($"--exclude {pattern}", "this pattern would pass over nothing or everything", "Write a name such as '*.psd' or 'Screenshots/', or a path from the folder such as 'raw/**/tmp'.")
                {
                    Code = "index.bad-pattern",
                };
            }
        }

        return all;
    }

    /// <summary>Whether this entry is passed over by itself; the folders above it are asked on their own.</summary>
    /// <param name="path">Relative to the folder, with slashes.</param>
    /// <param name="isFolder">It is a folder.</param>
    internal bool Match(string path, bool isFolder)
    {
        string[] parts = path.Split('/');
        foreach (Pattern pattern in _patterns)
        {
            if (pattern.FoldersOnly && !isFolder)
                continue;
            if (pattern.AnyDepth ? Matches(pattern.Parts[0], parts[^1]) : Match(pattern.Parts, parts))
                return true;
        }

        return false;
    }

    private static Pattern Parse(string text)
    {
        string[] parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool foldersOnly = text.EndsWith('/');
        return new Pattern(parts, foldersOnly, AnyDepth: parts.Length == 1 && !text.StartsWith('/') && parts[0] != "**");
    }

    private static bool Match(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
            return path.IsEmpty;
        if (pattern[0] != "**")
            return !path.IsEmpty && Matches(pattern[0], path[0]) && Match(pattern[1..], path[1..]);
        for (int skipped = 0; skipped <= path.Length; skipped++)
        {
            if (Match(pattern[1..], path[skipped..]))
                return true;
        }

        return false;
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
