using Pictor.Library;
using Pictor.Server.Jobs;

namespace Pictor.Server.Pages;

/// <summary>A job as the page shows it.</summary>
public sealed record JobView(string Id, string Kind, string Status, bool IsOver, bool CanPause, Progress? Progress, DateTimeOffset CreatedAt, IndexOutcome? Result, string? Problem)
{
    internal static JobView Of(JobItem job) => new(job.Id, job.Kind, job.Status.ToString(), job.IsOver, job.Status is JobStatus.Queued or JobStatus.Running, job.Progress, job.CreatedAt, job.Result, job.Problem);
}
