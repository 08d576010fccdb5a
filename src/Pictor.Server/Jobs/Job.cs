using Pictor.Library;

namespace Pictor.Server.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobStatus
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>A long piece of work as REST shows it.</summary>
/// <param name="Id">Names it in /api/v1/jobs/{id}.</param>
/// <param name="Kind">index, annotate after another model became active, or prepare before.</param>
/// <param name="Status">queued, running, done, failed or cancelled.</param>
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

/// <summary>A job and the means to run and stop it.</summary>
internal sealed class Job(JobItem item, Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>> work) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    public JobItem Item { get; set; } = item;

    public CancellationToken Cancelled => _cancel.Token;

    public Task<IndexOutcome?> RunAsync(IProgress<Progress> progress) => work(progress, _cancel.Token);

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();
}
