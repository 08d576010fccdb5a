namespace Pictor.Datasets.Files;

/// <summary>Files on disk that a table names, wherever they lie: nothing is walked, so a table may stand in any folder.</summary>
internal sealed class ListedFiles(string folder, string kind) : IFileSet
{
    private readonly List<FileEntry> _files = [];
    private readonly List<string> _full = [];

    public string Kind => kind;

    public IReadOnlyList<FileEntry> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => [];

    /// <summary>The place of a file, absolute or relative to the folder; null where there is none. Folders, and links to nowhere, are none.</summary>
    public int? Add(string path)
    {
        string full;
        try
        {
            full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, path.Replace('\\', '/')));
            var file = new FileInfo(full);
            long length = file.LinkTarget is null ? file.Exists ? file.Length : -1
                : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : -1;
            if (length < 0)
                return null;
            _files.Add(new FileEntry(System.IO.Path.IsPathRooted(path) ? path : path.Replace('\\', '/'), length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }

        _full.Add(full);
        return _files.Count - 1;
    }

    public string NameOf(int file) => _full[file];

    public byte[] ReadStart(int file, int count) => DiskFile.ReadStart(_full[file], count);

    public ReadOnlyMemory<byte> Read(int file) => DiskFile.Read(_full[file]);

    public void Dispose()
    {
    }
}
