namespace Pictor.Library.Watching;

/// <summary>
/// Listens to one folder and all below it. Notifications are hints, never the truth: they get lost, overflow, come twice and are not to be had on network disks, so every doubt
/// becomes a wish for a sweep.
/// </summary>
internal sealed class ChangeNotices : IDisposable
{
    private readonly FileSystemWatcher? _watcher;
    private readonly Action<string> _changed;
    private readonly Action _doubt;

    private ChangeNotices(string folder, Action<string> changed, Action doubt)
    {
        (_changed, _doubt) = (changed, doubt);
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 1 << 16,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Created += (_, e) => _changed(e.FullPath);
        _watcher.Deleted += (_, e) => _changed(e.FullPath);
        _watcher.Changed += (_, e) => Changed(e.FullPath);
        _watcher.Renamed += (_, e) =>
        {
            _changed(e.OldFullPath);
            _changed(e.FullPath);
        };
        _watcher.Error += (_, _) => _doubt();
    }

    /// <exception cref="IOException">The system has no more notifications to give, or the folder is away.</exception>
    internal static ChangeNotices Listen(string folder, Action<string> changed, Action doubt)
    {
        var notices = new ChangeNotices(folder, changed, doubt);
        try
        {
            notices._watcher!.EnableRaisingEvents = true;
            return notices;
        }
        catch
        {
            notices.Dispose();
            throw;
        }
    }

    public void Dispose() => _watcher?.Dispose();

    /// <summary>A folder that changed only says that something in it did, which is told by itself.</summary>
    private void Changed(string path)
    {
        if (!Directory.Exists(path))
            _changed(path);
    }
}
