namespace Pictor.Library.Ingest;

/// <summary>
/// Puts what is to be read in order, the newest file first, as far ahead as a bounded window reaches: people look for their latest pictures first, and memory must not grow with the
/// library. Equal times keep the order of the walk, so the order depends on the files alone.
/// </summary>
internal static class NewestFirst
{
    /// <summary>Files looked ahead: some seconds of walking on a slow disk, a few megabytes.</summary>
    internal const int Window = 16_384;

    internal static IEnumerable<T> Order<T>(IEnumerable<T> files, Func<T, long> modified, int window = Window)
    {
        var waiting = new PriorityQueue<T, (long Older, long Turn)>();
        long turn = 0;
        foreach (T file in files)
        {
            waiting.Enqueue(file, (-modified(file), turn++));
            if (waiting.Count > window)
                yield return waiting.Dequeue();
        }

        while (waiting.TryDequeue(out T? file, out _))
            yield return file;
    }
}
