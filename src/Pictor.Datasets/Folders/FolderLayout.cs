using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Folders;

/// <summary>A file with the place that its path gives it.</summary>
/// <param name="File">Index into the file set.</param>
/// <param name="Split">The part its path declares; null without one.</param>
/// <param name="Class">Name of the class folder.</param>
/// <param name="Rest">The path below the class folder.</param>
internal readonly record struct PlacedFile(int File, Split? Split, string Class, string Rest);

/// <summary>
/// Reads the meaning off the paths: [wrapping folders/][train|val|test/]class/[more/]file. A folder called "train" is a part only when
/// there are class folders in it, so a class of trains stays a class.
/// </summary>
internal sealed class FolderLayout
{
    private FolderLayout(IReadOnlyList<PlacedFile> placed, IReadOnlyList<int> homeless, int wrapping, bool declaresSplits) =>
        (Placed, Homeless, Wrapping, DeclaresSplits) = (placed, homeless, wrapping, declaresSplits);

    /// <summary>Files inside class folders.</summary>
    public IReadOnlyList<PlacedFile> Placed { get; }

    /// <summary>Files above the class folders, or beside the parts.</summary>
    public IReadOnlyList<int> Homeless { get; }

    /// <summary>How many leading segments only wrap the data.</summary>
    public int Wrapping { get; }

    /// <summary>True when there are train, val or test folders above the classes.</summary>
    public bool DeclaresSplits { get; }

    /// <summary>Places the files at <paramref name="candidates"/>; what is no picture need not be among them.</summary>
    public static FolderLayout Of(IReadOnlyList<FileEntry> files, IReadOnlyList<int> candidates)
    {
        string[][] paths = [.. candidates.Select(i => files[i].Path.Split('/'))];
        int wrapping = CountWrapping(paths);
        bool splits = HasParts(paths, wrapping);

        var placed = new List<PlacedFile>(candidates.Count);
        var homeless = new List<int>();
        for (int i = 0; i < paths.Length; i++)
        {
            ReadOnlySpan<string> path = paths[i].AsSpan(Math.Min(wrapping, paths[i].Length - 1));
            Split? split = null;
            if (splits)
            {
                if (path.Length < 3 || SplitWords.Of(path[0]) is not { } part)
                {
                    homeless.Add(candidates[i]);
                    continue;
                }

                split = part;
                path = path[1..];
            }

            if (path.Length < 2)
                homeless.Add(candidates[i]);
            else
                placed.Add(new PlacedFile(candidates[i], split, path[0], string.Join('/', path[1..]!)));
        }

        return new FolderLayout(placed, homeless, wrapping, splits);
    }

    /// <summary>True for a name such as "train" or "validation".</summary>
    public static bool IsPart(string name) => SplitWords.Of(name) is not null;

    private static int CountWrapping(string[][] paths)
    {
        int wrapping = 0;
        while (true)
        {
            // A folder wraps when every picture lies in it, at least two folders deep: otherwise it would be the only class.
            string[][] deep = [.. paths.Where(p => p.Length - wrapping >= 3)];
            if (deep.Length == 0 || deep.Length < paths.Length)
                return wrapping;
            string first = deep[0][wrapping];
            if (IsPart(first) || deep.Any(p => !string.Equals(p[wrapping], first, StringComparison.Ordinal)))
                return wrapping;
            wrapping++;
        }
    }

    private static bool HasParts(string[][] paths, int wrapping)
    {
        var parts = new HashSet<Split>();
        bool others = false;
        foreach (string[] path in paths)
        {
            int depth = path.Length - wrapping;
            if (depth < 2)
                continue;
            if (SplitWords.Of(path[wrapping]) is not { } part)
                others = true;
            else if (depth >= 3)
                parts.Add(part);
        }

        return parts.Count >= 2 || (parts.Count == 1 && !others);
    }
}
