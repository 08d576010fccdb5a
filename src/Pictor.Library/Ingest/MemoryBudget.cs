namespace Pictor.Library.Ingest;

/// <summary>
/// How many bytes of pictures may be in memory at once, whatever the number of cores: ten threads meeting ten huge pictures wait for each other.
/// A single picture above the whole budget gets in alone.
/// </summary>
internal sealed class MemoryBudget(long bytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Wanted, TaskCompletionSource Turn)> _waiting = new();
    private readonly long _all = bytes;
    private long _free = bytes;

    internal async Task<Share> TakeAsync(long wanted, CancellationToken cancellationToken)
    {
        wanted = Math.Clamp(wanted, 1, _all);
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _free >= wanted)
            {
                _free -= wanted;
                return new Share(this, wanted);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((wanted, turn));
        }

        using (cancellationToken.Register(() => GiveUp(turn, cancellationToken)))
            await turn.Task.ConfigureAwait(false);
        return new Share(this, wanted);
    }

    private void GiveUp(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        if (turn.TrySetCanceled(cancellationToken))
            Return(0); // whoever stood behind may fit now
    }

    private void Return(long share)
    {
        lock (_lock)
        {
            _free += share;
            while (_waiting.TryPeek(out (long Wanted, TaskCompletionSource Turn) next) && (next.Turn.Task.IsCompleted || _free >= next.Wanted))
            {
                _waiting.Dequeue();
                if (next.Turn.TrySetResult())
                    _free -= next.Wanted;
            }
        }
    }

    /// <summary>A part of the budget, given back on disposal.</summary>
    internal sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        private MemoryBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Return(bytes);
    }
}
