namespace Pictor.Datasets.Files;

/// <summary>Finds files of a set by the paths that annotations name, which are relative to one folder or another, or bare names.</summary>
internal sealed class PathIndex
{
    private const int Ambiguous = -2;
    private readonly IFileSet _files;
    private readonly Dictionary<string, int> _paths = new(StringComparer.Ordinal);
    private Dictionary<string, int>? _names;

    public PathIndex(IFileSet files)
    {
        _files = files;
        for (int i = 0; i < files.Files.Count; i++)
            _paths[files.Files[i].Path] = i;
    }

    /// <summary>The file at a path relative to the set, '..' and '.' resolved; -1 without one.</summary>
    public int Find(string path) => Resolve(path) is { } plain && _paths.TryGetValue(plain, out int file) ? file : -1;

    /// <summary>The first of several places that holds the file; else the only file anywhere with this name; else -1.</summary>
    /// <param name="path">As an annotation names it.</param>
    /// <param name="folders">Folders to try in turn, "" or ending with a slash.</param>
    public int Find(string path, ReadOnlySpan<string> folders)
    {
        string plain = path.Replace('\\', '/');
        foreach (string folder in folders)
        {
            if (Find(folder + plain) is >= 0 and var file)
                return file;
        }

        _names ??= ByName();
        return _names.GetValueOrDefault(plain[(plain.LastIndexOf('/') + 1)..], -1) is >= 0 and var only ? only : -1;
    }

    private Dictionary<string, int> ByName()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _files.Files.Count; i++)
        {
            string path = _files.Files[i].Path, name = path[(path.LastIndexOf('/') + 1)..];
            if (!names.TryAdd(name, i))
                names[name] = Ambiguous;
        }

        return names;
    }

    private static string? Resolve(string path)
    {
        string plain = path.Replace('\\', '/');
        if (!plain.Contains("./", StringComparison.Ordinal) && !plain.Contains("//", StringComparison.Ordinal))
            return plain;
        var segments = new List<string>();
        foreach (string segment in plain.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment is ".")
                continue;
            if (segment is not "..")
                segments.Add(segment);
            else if (segments.Count == 0)
                return null;
            else
                segments.RemoveAt(segments.Count - 1);
        }

        return string.Join('/', segments);
    }
}
