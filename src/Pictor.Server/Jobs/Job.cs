using Pictor.Library;

namespace Pictor.Server.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobStatus
{
    Queued,
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}

/// <summary>A long piece of work as REST shows it.</summary>
/// <param name="Id">Names it in /api/v1/jobs/{id}.</param>
/// <param name="Kind">index, watch for what changed in watched folders, annotate after another model became active, prepare before, or duplicates for looking for them.</param>
/// <param name="Status">queued, running, paused, done, failed or cancelled.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Result">What an indexing did, when done.</param>
/// <param name="Problem">Why it failed, and the way out.</param>
internal sealed record JobItem(
    string Id, string Kind, JobStatus Status, Progress? Progress, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, IndexOutcome? Result, string? Problem)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOver => Status is JobStatus.Done or JobStatus.Failed or JobStatus.Cancelled;
}

/// <summary>What the library knows of a job.</summary>
internal enum JobKeeping
{
    None,
    Promised,
    Paused,
}

/// <summary>A job and the means to run, pause and stop it. Pausing stops the run; what it did is kept, and resuming runs it again from there.</summary>
internal sealed class Job(JobItem item, JobRecipe recipe, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _pause;

    public JobItem Item { get; set; } = item;

    /// <summary>How to go on with it in another process.</summary>
    public JobRecipe Recipe { get; } = recipe;

    /// <summary>What the library knows of it.</summary>
    public JobKeeping Kept { get; set; }

    /// <summary>It has ended; its status is told once the library knows.</summary>
    public bool Over { get; set; }

    /// <summary>Wants to be paused; runs at most to the next picture.</summary>
    public bool Pausing { get; private set; }

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Completes when the job is over, however it ended.</summary>
    public Task Ended => _ended.Task;

    public async Task<IndexOutcome?> RunAsync(IProgress<Progress> progress)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
        _pause = pause;
        try
        {
            if (Pausing)
                await pause.CancelAsync();
            return await work(progress, pause.Token);
        }
        finally
        {
            lock (_gate)
                _pause = null;
        }
    }

    public void Pause()
    {
        Pausing = true;
        lock (_gate)
            _pause?.Cancel();
    }

    public void Resume() => Pausing = false;

    public void Cancel() => _cancel.Cancel();

    public void End() => _ended.TrySetResult();

    public void Dispose() => _cancel.Dispose();
}
