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
    private readonly Task _worker;

    public JobQueue(TimeProvider time, EventHub events, ILogger<JobQueue> logger)
    {
        (_time, _events, _logger) = (time, events, logger);
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobItem> List() => [.. _jobs.Values.Select(job => job.Item).OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Id, StringComparer.Ordinal)];

    public JobItem? Get(string id) => _jobs.GetValueOrDefault(id)?.Item;

    public JobItem Add(string kind, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var job = new Job(new(Guid.CreateVersion7(now).ToString("N"), kind, JobStatus.Queued, null, now, null, null, null), work);
        if (!_queue.Writer.TryWrite(job))
        {
            job.Dispose();
            throw new InputException("jobs", "too many jobs are waiting already", "Wait until some have ended.") { Code = "server.busy" };
        }

        _jobs[job.Item.Id] = job;
        Forget();
        _events.Publish("job", job.Item);
        return job.Item;
    }

    /// <summary>Asks a job to stop; one that waits never starts, one that runs stops at the next picture. Null when unknown.</summary>
    public JobItem? Cancel(string id)
    {
        if (!_jobs.TryGetValue(id, out Job? job))
            return null;
        if (!job.Item.IsOver)
            job.Cancel();
        return job.Item;
    }

    public async ValueTask DisposeAsync()
    {
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
            Change(job, item => item with { Status = JobStatus.Running });
            (JobStatus status, IndexOutcome? result, string? problem) = await RunAsync(job);
            Change(job, item => item with { Status = status, Result = result, Problem = problem, FinishedAt = _time.GetUtcNow() });
        }
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
