namespace Pictor.Datasets.Files;

/// <summary>
/// The files below a folder. Links are followed, each real folder once, real folders before links: no loop can hold the walk,
/// and which of two names wins does not depend on the order of the file system.
/// </summary>
internal sealed class FolderFiles : IFileSet
{
    private readonly string _root;
    private readonly List<FileEntry> _files = [];
    private readonly List<SkippedFile> _skipped = [];

    public FolderFiles(string root, CancellationToken cancellationToken)
    {
        _root = System.IO.Path.GetFullPath(root);
        Walk(cancellationToken);
    }

    public string Kind => "folder";

    public IReadOnlyList<FileEntry> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    public string NameOf(int file) => System.IO.Path.Combine(_root, _files[file].Path.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public byte[] ReadStart(int file, int count) => DiskFile.ReadStart(NameOf(file), count);

    public ReadOnlyMemory<byte> Read(int file) => DiskFile.Read(NameOf(file));

    public void Dispose()
    {
    }

    private void Walk(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var links = new Queue<(string Relative, string Real)>();
        var open = new Stack<(string Relative, string Real)>();
        string? target = new DirectoryInfo(_root).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        open.Push(("", target ?? _root));
        while (open.Count > 0 || links.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (string relative, string real) = open.Count > 0 ? open.Pop() : links.Dequeue();
            if (!seen.Add(real))
            {
                _skipped.Add(new SkippedFile(System.IO.Path.Combine(_root, relative), "This link leads to a folder that is read already."));
                continue;
            }

            List(relative, real, open, links);
        }
    }

    private void List(string relative, string real, Stack<(string, string)> open, Queue<(string, string)> links)
    {
        FileSystemInfo[] items;
        try
        {
            items = new DirectoryInfo(real).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _skipped.Add(new SkippedFile(System.IO.Path.Combine(_root, relative), e is UnauthorizedAccessException ? "The folder may not be read." : $"The folder cannot be read ({e.Message})."));
            return;
        }

        Array.Sort(items, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (FileSystemInfo item in items)
        {
            if (EntryNames.IsClutter(item.Name))
                continue;
            string path = relative.Length == 0 ? item.Name : $"{relative}/{item.Name}";
            try
            {
                FileSystemInfo? target = item.LinkTarget is null ? null : item.ResolveLinkTarget(returnFinalTarget: true);
                if (item.LinkTarget is not null && target is not { Exists: true })
                    _skipped.Add(new SkippedFile(System.IO.Path.Combine(_root, path), "This link leads nowhere."));
                else if (target is DirectoryInfo || (target is not null && Directory.Exists(target.FullName)))
                    links.Enqueue((path, target.FullName));
                else if (item is DirectoryInfo)
                    open.Push((path, item.FullName));
                else
                    _files.Add(new FileEntry(path, ((FileInfo)(target ?? item)).Length));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _skipped.Add(new SkippedFile(System.IO.Path.Combine(_root, path), $"It cannot be read ({e.Message})."));
            }
        }
    }
}
