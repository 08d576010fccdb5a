using Pictor.Library.Ingest;

namespace Pictor.Library.Watching;

/// <summary>
/// Looks after the watched folders of a library: reads what changed once it has settled, and sweeps from time to time. A folder that is away (unplugged, unmounted) is left alone
/// until it is back, and then swept. Work is done one piece after the other.
/// </summary>
internal sealed class FolderWatch : IAsyncDisposable
{
    private readonly PictureLibrary _library;
    private readonly WatchOptions _options;
    private readonly TimeProvider _time;
    private readonly PendingChanges _pending;
    private readonly Dictionary<string, ChangeNotices> _notices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _away = new(StringComparer.Ordinal), _deaf = new(StringComparer.Ordinal), _known = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private long _swept;
    private bool _disposed;

    internal FolderWatch(PictureLibrary library, WatchOptions options, TimeProvider time)
    {
        _library = library;
        _options = options;
        _time = time;
        _pending = new PendingChanges(time, options.Settle, options.MaxPending);
        _swept = time.GetTimestamp();
        Renew(); // before anything is walked, so that nothing falls between
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (ChangeNotices notices in _notices.Values)
            notices.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        // Looking whether there is something to do costs next to nothing, so a plain beat does: no timer for each file.
        TimeSpan beat = TimeSpan.FromMilliseconds(Math.Clamp(_options.Settle.TotalMilliseconds / 4, 20, 1000));
        using var timer = new PeriodicTimer(beat, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            try
            {
                await StepAsync().ConfigureAwait(false);
            }
            catch (InputException e)
            {
                _options.Say?.Invoke($"Watching: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _options.Say?.Invoke($"Watching: {e.Message}");
                _pending.Doubt();
            }
        }
    }

    private async Task StepAsync()
    {
        bool due = _time.GetElapsedTime(_swept) >= _options.Sweep, changed = CameOrWent();
        if (due || changed || _pending.TakeDoubt())
        {
            _swept = _time.GetTimestamp();
            Renew();
            string[] there = [.. _library.WatchedFolders().Select(f => f.Path).Where(IsThere)];
            if (there.Length > 0)
                await RunAsync(new IngestWork(Outermost(there), [], Named: false)).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<string> ready = _pending.TakeReady();
        if (ready.Count > 0 && Sort(ready) is { } work)
            await RunAsync(work).ConfigureAwait(false);
    }

    private async Task RunAsync(IngestWork work)
    {
        var options = new IndexOptions { Settle = _options.Settle };
        if (_options.Run is { } run)
            await run(Work, _stop.Token).ConfigureAwait(false);
        else
            await Work(null, _stop.Token).ConfigureAwait(false);

        async Task<IndexOutcome> Work(IProgress<Progress>? progress, CancellationToken cancellationToken)
        {
            IngestResult result = await _library.IngestAsync(work, options, progress, cancellationToken).ConfigureAwait(false);
            foreach (string path in result.Unsettled)
                _pending.Add(path);
            return result.Outcome;
        }
    }

    /// <summary>What is there is read, what is gone is marked (someone saw it go, so an empty folder was emptied, not unmounted); whatever lies in a folder that is away, is hidden or excluded, is left alone.</summary>
    private IngestWork? Sort(IReadOnlyList<string> changed)
    {
        List<FolderRow> folders = _library.WatchedFolders();
        var rules = new WalkRules(folders, TimeSpan.Zero, _time);
        var there = new List<string>();
        var gone = new List<string>();
        foreach (string path in changed)
        {
            if (folders.FindAll(f => MissingFiles.IsBelow(path, f.Path)) is not { Count: > 0 } roots || path == _library.Folder || MissingFiles.IsBelow(path, _library.Folder))
                continue;
            bool isFolder = Directory.Exists(path);
            if (roots.Exists(root => !Directory.Exists(root.Path) || rules.IsPassedOver(path, root.Path, isFolder)))
                continue;
            (isFolder || File.Exists(path) ? there : gone).Add(path);
        }

        return there.Count + gone.Count == 0 ? null : new IngestWork(Outermost(there), gone, Named: false);
    }

    /// <summary>Listens to each folder that is there, anew: a disk that was mounted again is another folder of the same name.</summary>
    private void Renew()
    {
        List<FolderRow> watched = _library.WatchedFolders();
        _known.Clear();
        _known.UnionWith(watched.Select(f => f.Path));
        string[] wanted = Outermost([.. watched.Select(f => f.Path)]);
        foreach (string left in _notices.Keys.Except(wanted, StringComparer.Ordinal).ToArray())
        {
            _notices.Remove(left, out ChangeNotices? old);
            old?.Dispose();
        }

        foreach (string folder in wanted)
        {
            if (!IsThere(folder))
            {
                if (_away.Add(folder))
                    _options.Say?.Invoke($"{folder} is not there, or empty. Its pictures are kept as they are; it is taken up again when it is back.");
                if (_notices.Remove(folder, out ChangeNotices? old))
                    old.Dispose();
                continue;
            }

            _away.Remove(folder);
            Listen(folder);
        }
    }

    private void Listen(string folder)
    {
        try
        {
            var next = ChangeNotices.Listen(folder, _pending.Add, _pending.Doubt);
            if (_notices.Remove(folder, out ChangeNotices? old))
                old.Dispose();
            _notices[folder] = next;
            _deaf.Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (_deaf.Add(folder))
            {
                _options.Say?.Invoke(
                    $"{folder}: the system gives no notifications ({e.Message}); it is walked every {_options.Sweep.TotalMinutes:0.#} minutes instead. On Linux, raising fs.inotify.max_user_watches helps.");
            }
        }
    }

    /// <summary>A folder came back, went away, or the list of watched folders is another.</summary>
    private bool CameOrWent()
    {
        List<FolderRow> watched = _library.WatchedFolders();
        return !_known.SetEquals(watched.Select(f => f.Path)) || Outermost([.. watched.Select(f => f.Path)]).Any(f => IsThere(f) == _away.Contains(f));
    }

    private static bool IsThere(string folder) => Directory.Exists(folder) && !PictureLibrary.IsEmpty(folder);

    private static string[] Outermost(IReadOnlyList<string> paths) => [.. paths.Where(path => !paths.Any(other => MissingFiles.IsBelow(path, other)))];
}
