using Pictor.Library.Watching;

namespace Pictor.Library.Ingest;

/// <summary>What a walk passes over: what the kept folders exclude, and files that were written just now.</summary>
internal sealed class WalkRules
{
    private readonly (string Root, ExcludePatterns Patterns)[] _excludes;
    private readonly TimeSpan _settle;
    private readonly TimeProvider _time;

    internal WalkRules(IEnumerable<FolderRow> folders, TimeSpan settle, TimeProvider time)
    {
        _excludes = [.. folders.Where(f => f.Exclude.Length > 0).Select(f => (f.Path, ExcludePatterns.Of(f.Patterns)))];
        _settle = settle;
        _time = time;
    }

    internal static WalkRules None { get; } = new([], TimeSpan.Zero, TimeProvider.System);

    internal bool HasExcludes => _excludes.Length > 0;

    /// <summary>A person does not want this entry; those above it are asked on their own.</summary>
    internal bool IsExcluded(string path, bool isFolder)
    {
        foreach ((string root, ExcludePatterns patterns) in _excludes)
        {
            if (MissingFiles.IsBelow(path, root) && patterns.Match(Path.GetRelativePath(root, path).Replace('\\', '/'), isFolder))
                return true;
        }

        return false;
    }

    /// <summary>The entry, or a folder above it up to <paramref name="root"/>, is excluded or hidden by a dot.</summary>
    internal bool IsPassedOver(string path, string root, bool isFolder)
    {
        bool folder = isFolder;
        for (string? at = path; at is not null && MissingFiles.IsBelow(at, root); at = Path.GetDirectoryName(at), folder = true)
        {
            if (Path.GetFileName(at)[0] == '.' || IsExcluded(at, folder))
                return true;
        }

        return false;
    }

    /// <summary>Written so recently that it may still be written. A time in the future tells nothing, so such a file is read.</summary>
    internal bool IsUnsettled(FoundFile file)
    {
        if (_settle <= TimeSpan.Zero)
            return false;
        long age = _time.GetUtcNow().Ticks - file.Modified;
        return age >= 0 && age < _settle.Ticks;
    }
}
