using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Pictor.Library;

namespace Pictor.Server.Jobs;

/// <summary>Long work, one job after the other in the order asked for. The last hundred are remembered. Stopping cancels what runs and waits for it.</summary>
internal sealed class JobQueue : IAsyncDisposable
{
    private const int Remembered = 100;

    private readonly Channel<Job> _queue = Channel.CreateBounded<Job>(Remembered);
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly EventHub _events;
    private readonly ILogger<JobQueue> _logger;
    private readonly UnfinishedWork _unfinished;
    private readonly Task _worker;

    public JobQueue(TimeProvider time, EventHub events, UnfinishedWork unfinished, ILogger<JobQueue> logger)
    {
        (_time, _events, _unfinished, _logger) = (time, events, unfinished, logger);
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobItem> List() => [.. _jobs.Values.Select(job => job.Item).OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Id, StringComparer.Ordinal)];

    public JobItem? Get(string id) => _jobs.GetValueOrDefault(id)?.Item;

    /// <summary>Someone wants the machine for something else: nothing new is begun by itself.</summary>
    public bool IsPaused => _jobs.Values.Any(job => job.Item.Status == JobStatus.Paused || job.Pausing);

    /// <summary>A paused job reads this folder, or watched folders.</summary>
    public bool IsPausedFor(string path) => _jobs.Values.Any(job => job.Item.Status == JobStatus.Paused
        && (job.Item.Kind == "watch" || job.Recipe.Paths?.Contains(path, StringComparer.Ordinal) == true));

    /// <param name="recipe">How to do it in another process; what it promises is on disk when this returns.</param>
    /// <param name="work">The work.</param>
    public async Task<JobItem> AddAsync(JobRecipe recipe, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work) => (await QueueAsync(recipe, work)).Item;

    /// <summary>Brings back a job of an earlier process.</summary>
    public async Task RestoreAsync(UnfinishedJob kept, JobRecipe recipe, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work, bool paused)
    {
        var job = new Job(new JobItem(kept.Id, kept.Kind, paused ? JobStatus.Paused : JobStatus.Queued, null, kept.CreatedAt, null, null, null), recipe, work)
        {
            Kept = kept.Paused ? JobKeeping.Paused : JobKeeping.Promised,
        };
        if (_jobs.TryAdd(kept.Id, job) && !paused)
            await _queue.Writer.WriteAsync(job);
        await SyncAsync(job);
    }

    /// <summary>Adds a job and waits until it is over.</summary>
    public async Task RunAsync(JobRecipe recipe, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work, CancellationToken cancellationToken) =>
        await (await QueueAsync(recipe, work)).Ended.WaitAsync(cancellationToken);

    /// <summary>Stops a job until it is resumed, in this process or a later one; others go on. Null when unknown.</summary>
    /// <exception cref="InputException">It is over.</exception>
    public async Task<JobItem?> PauseAsync(string id)
    {
        if (!_jobs.TryGetValue(id, out Job? job))
            return null;
        lock (job)
        {
            if (job.Item.IsOver)
                throw new InputException($"job '{id}'", "is over", "Only jobs that wait or run are paused.") { Code = "job.not-pausable" };
            job.Pause();
            if (job.Item.Status == JobStatus.Queued)
                Change(job, item => item with { Status = JobStatus.Paused });
        }

        await _unfinished.SyncAsync(job);
        return job.Item;
    }

    /// <summary>Queues a paused job again. Null when unknown.</summary>
    /// <exception cref="InputException">It is not paused, or too many wait.</exception>
    public async Task<JobItem?> ResumeAsync(string id)
    {
        if (!_jobs.TryGetValue(id, out Job? job))
            return null;
        lock (job)
        {
            if (job.Item.Status != JobStatus.Paused)
                throw new InputException($"job '{id}'", "is not paused", "Only a paused job is resumed; one that is asked to pause may still be stopping.") { Code = "job.not-paused" };
            job.Resume();
            Change(job, item => item with { Status = JobStatus.Queued });
            if (!_queue.Writer.TryWrite(job))
                throw Busy();
        }

        await _unfinished.SyncAsync(job);
        return job.Item;
    }

    private static InputException Busy() => new("jobs", "too many jobs are waiting already", "Wait until some have ended.") { Code = "server.busy" };

    private async Task<Job> QueueAsync(JobRecipe recipe, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var job = new Job(new JobItem(Guid.CreateVersion7(now).ToString("N"), recipe.Kind, JobStatus.Queued, null, now, null, null, null), recipe, work);
        _jobs[job.Item.Id] = job;
        try
        {
            await _unfinished.SyncAsync(job);
            if (!_queue.Writer.TryWrite(job))
                throw Busy();
        }
        catch
        {
            job.Over = true;
            _jobs.TryRemove(job.Item.Id, out _);
            await SyncAsync(job);
            job.Dispose();
            throw;
        }

        Forget();
        _events.Publish("job", job.Item);
        return job;
    }

    /// <summary>Asks a job to stop; one that waits never starts, one that runs stops at the next picture. Null when unknown.</summary>
    public async Task<JobItem?> CancelAsync(string id)
    {
        if (!_jobs.TryGetValue(id, out Job? job))
            return null;
        lock (job)
        {
            if (!job.Item.IsOver)
                job.Cancel();
            if (job.Item.Status == JobStatus.Paused)
                End(job, JobStatus.Cancelled, null, null);
        }

        await _unfinished.SyncAsync(job);
        return job.Item;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _unfinished.CloseAsync();
        }
        catch (InputException e)
        {
            _logger.LogWarning(e, "What is unfinished counts as if the server had died");
        }

        _queue.Writer.TryComplete();
        foreach (Job job in _jobs.Values.Where(job => !job.Item.IsOver))
            job.Cancel();
        await _worker;
        foreach (Job job in _jobs.Values)
            job.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (Job job in _queue.Reader.ReadAllAsync())
        {
            lock (job)
            {
                // Paused while it waited, and perhaps cancelled since, or queued twice by pausing and resuming: then it is none of ours.
                if (job.Item.Status != JobStatus.Queued)
                    continue;
                Change(job, item => item with { Status = JobStatus.Running });
            }

            (JobStatus status, IndexOutcome? result, string? problem) = await RunAsync(job);
            lock (job)
            {
                if (status == JobStatus.Paused && job.Cancelled.IsCancellationRequested)
                    status = JobStatus.Cancelled;
                if (status == JobStatus.Paused)
                    Change(job, item => item with { Status = JobStatus.Paused });
                else
                    job.Over = true;
            }

            // First on disk, then told: what was seen to be over does not come back.
            await SyncAsync(job);
            if (status != JobStatus.Paused)
            {
                lock (job)
                    End(job, status, result, problem);
            }
        }
    }

    private async Task SyncAsync(Job job)
    {
        try
        {
            await _unfinished.SyncAsync(job);
        }
        catch (InputException e)
        {
            // The catalogue cannot be written now. At worst a job that is over comes back, and finds nothing to do.
            _logger.LogWarning(e, "Job {Id} may come back after a restart", job.Item.Id);
        }
    }

    private void End(Job job, JobStatus status, IndexOutcome? result, string? problem)
    {
        job.Resume();
        Change(job, item => item with { Status = status, Result = result, Problem = problem, FinishedAt = _time.GetUtcNow() });
        job.End();

        // A look at watched folders that found nothing is not worth remembering.
        if (job.Item is { Kind: "watch", Status: JobStatus.Done, Result: { Added: 0, Changed: 0, Missing: 0 } } && _jobs.TryRemove(job.Item.Id, out _))
            job.Dispose();
    }

    private async Task<(JobStatus Status, IndexOutcome? Result, string? Problem)> RunAsync(Job job)
    {
        try
        {
            job.Cancelled.ThrowIfCancellationRequested();
            return (JobStatus.Done, await job.RunAsync(new Reporter(this, job)), null);
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            return (JobStatus.Cancelled, null, null);
        }
        catch (OperationCanceledException) when (job.Pausing)
        {
            return (JobStatus.Paused, null, null);
        }
        catch (InputException e)
        {
            return (JobStatus.Failed, null, e.Message);
        }
#pragma warning disable CA1031 // a bug in one job must not end the others
        catch (Exception e)
        {
            _logger.LogError(e, "Job {Id} failed", job.Item.Id);
            return (JobStatus.Failed, null, "The server made a mistake; its log says more. Try again; if it happens again, report it with that log.");
        }
#pragma warning restore CA1031
    }

    private void Change(Job job, Func<JobItem, JobItem> change)
    {
        job.Item = change(job.Item);
        _events.Publish("job", job.Item);
    }

    private void Forget()
    {
        foreach (JobItem old in List().Where(item => item.IsOver).Skip(Remembered))
        {
            if (_jobs.TryRemove(old.Id, out Job? job))
                job.Dispose();
        }
    }

    /// <summary>Progress comes for every picture; listeners hear of it five times a second.</summary>
    private sealed class Reporter(JobQueue queue, Job job) : IProgress<Progress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
        private readonly Lock _lock = new();
        private long _last;

        public void Report(Progress value)
        {
            lock (_lock)
            {
                job.Item = job.Item with { Progress = value };
                long now = queue._time.GetTimestamp();
                if (_last != 0 && queue._time.GetElapsedTime(_last, now) < Pause)
                    return;
                _last = now;
            }

            queue._events.Publish("job", job.Item);
        }
    }
}
