namespace Pictor.Library.Watching;

/// <summary>Paths that changed, each with when it last did. A path is ready when it has been quiet for the settle time; too many at once are a reason to walk instead.</summary>
internal sealed class PendingChanges(TimeProvider time, TimeSpan settle, int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private bool _doubt;

    internal void Add(string path)
    {
        lock (_lock)
        {
            _last[path] = time.GetTimestamp();
            if (_last.Count <= most)
                return;
            _last.Clear();
            _doubt = true;
        }
    }

    /// <summary>Something was missed.</summary>
    internal void Doubt()
    {
        lock (_lock)
            _doubt = true;
    }

    /// <summary>True once for all doubts so far.</summary>
    internal bool TakeDoubt()
    {
        lock (_lock)
            return (_doubt, _doubt = false).Item1;
    }

    /// <summary>Takes out the paths that are quiet, sorted.</summary>
    internal IReadOnlyList<string> TakeReady()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            string[] ready = [.. _last.Where(p => time.GetElapsedTime(p.Value, now) >= settle).Select(p => p.Key).Order(StringComparer.Ordinal)];
            Array.ForEach(ready, path => _last.Remove(path));
            return ready;
        }
    }

    internal bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _last.Count == 0 && !_doubt;
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _last.Clear();
            _doubt = false;
        }
    }
}
