using System.Threading.Channels;

namespace Pictor.Server.Annotate;

/// <summary>
/// Decoding and inference on threads of their own, one a core: never more pictures are decoded at once than cores can work on, so memory is
/// bounded, and the thread pool stays free to read and write requests. A bounded queue stands before them; when it is full, callers are turned away.
/// </summary>
internal sealed class InferencePool : IDisposable
{
    private readonly Channel<Action> _queue;
    private readonly Thread[] _threads;
    private int _running;

    public InferencePool(int threads, int maxWaiting)
    {
        _queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(maxWaiting) { SingleWriter = false, SingleReader = false });
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            // Below the others' priority where the system honours it: a request that can be read or answered at once should be.
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"inference {i}", Priority = ThreadPriority.BelowNormal };
            _threads[i].Start();
        }
    }

    public int Running => _running;

    public int Waiting => _queue.Reader.Count;

    /// <summary>Runs <paramref name="work"/> on a free thread. What it throws comes out here.</summary>
    /// <exception cref="InputException">server.busy: the queue is full.</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool queued = _queue.Writer.TryWrite(() =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                outcome.TrySetCanceled(cancellationToken);
                return;
            }

            try
            {
                outcome.TrySetResult(work());
            }
#pragma warning disable CA1031 // every exception belongs to the caller who waits for the outcome
            catch (Exception e)
            {
                outcome.TrySetException(e);
            }
#pragma warning restore CA1031
        });
        if (!queued)
            throw new InputException("request", "all cores are busy and the queue is full", "Try again in a moment, with fewer requests at once.") { Code = "server.busy" };
        return outcome.Task;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void Work()
    {
        while (WaitForWork())
        {
            while (_queue.Reader.TryRead(out Action? work))
            {
                Interlocked.Increment(ref _running);
                work();
                Interlocked.Decrement(ref _running);
            }
        }
    }

    private bool WaitForWork()
    {
        ValueTask<bool> more = _queue.Reader.WaitToReadAsync();
        return more.IsCompleted ? more.Result : more.AsTask().GetAwaiter().GetResult();
    }
}
