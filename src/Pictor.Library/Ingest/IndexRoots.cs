namespace Pictor.Library.Ingest;

/// <summary>The folders and files that a person named, as full paths, without those that lie inside another.</summary>
internal static class IndexRoots
{
    internal static IReadOnlyList<string> Of(IReadOnlyList<string> paths, string library)
    {
        string[] full = [.. paths.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p))).Distinct(StringComparer.Ordinal)];
        string[] absent = [.. full.Where(p => !Directory.Exists(p) && !File.Exists(p))];
        if (absent.Length > 0)
        {
            // A folder that is gone may be a disk that is not there today: its pictures are not marked missing for that.
            throw new InputException(string.Join(", ", absent), "there is no such folder or file", "Check the path, or connect the disk; nothing was indexed.") { Code = "index.not-found" };
        }

        if (Array.Find(full, p => p == library || MissingFiles.IsBelow(p, library)) is { } inside)
            throw new InputException(inside, "this lies inside the library itself", "Name the folders that hold your pictures.") { Code = "index.inside-library" };
        return [.. full.Where(p => !full.Any(other => MissingFiles.IsBelow(p, other)))];
    }
}
