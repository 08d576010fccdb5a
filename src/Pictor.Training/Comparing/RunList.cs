namespace Pictor.Training.Comparing;

/// <summary>The runs below a folder.</summary>
public static class RunList
{
    private const int Deepest = 4;

    /// <summary>All runs in a folder and below it, the best validation accuracy first; those without one last, by name.</summary>
    /// <exception cref="InputException">The folder does not exist or cannot be read.</exception>
    public static IReadOnlyList<RunSummary> In(string folder)
    {
        string full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
            throw new InputException(folder, File.Exists(full) ? "it is a file, and a folder of runs is needed" : "there is no such folder", "Name the folder that 'pictor train' writes its runs into, such as runs/.");
        var found = new List<RunSummary>();
        try
        {
            Walk(full, 0, found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"it cannot be read ({e.Message})", "Name a folder that may be read.", e);
        }

        return [.. found.OrderByDescending(r => r.BestValAccuracy ?? -1).ThenBy(r => r.Folder, StringComparer.Ordinal)];
    }

    /// <summary>One run.</summary>
    /// <exception cref="InputException">There is none; names a likely one.</exception>
    public static RunSummary Open(string folder)
    {
        if (RunSummary.TryRead(folder) is { } run)
            return run;
        string full = Path.GetFullPath(folder);
        string? parent = Path.GetDirectoryName(full);
        string hint = parent is not null && Directory.Exists(parent) && NearestWord.Of(Path.GetFileName(full), Directory.EnumerateDirectories(parent).Where(d => RunSummary.TryRead(d) is not null).Select(d => Path.GetFileName(d)!).Take(1000)) is { } near
            ? $" Did you mean '{Path.Combine(Path.GetDirectoryName(folder) ?? "", near)}'?"
            : "";
        throw new InputException(folder, $"{(Directory.Exists(full) ? "it is not a run folder: config.json is missing or is not a run's" : "there is no such folder")}.{hint}", "Name a folder that 'pictor runs list' shows.") { Code = "run.missing" };
    }

    private static void Walk(string folder, int depth, List<RunSummary> found)
    {
        if (RunSummary.TryRead(folder) is { } run)
        {
            found.Add(run);
            return;
        }

        if (depth == Deepest)
            return;
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal))
            Walk(inner, depth + 1, found);
    }
}
