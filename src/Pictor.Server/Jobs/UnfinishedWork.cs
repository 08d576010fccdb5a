using System.Text.Json;
using Pictor.Library;
using Pictor.Server.Models;

namespace Pictor.Server.Jobs;

/// <summary>
/// Unfinished jobs in the library, so that a restart, however it came about, forgets none: what was promised goes on, what was paused stays paused, and what was running when several servers
/// died one after the other comes back paused.
/// </summary>
internal sealed class UnfinishedWork(PictureLibrary library) : IDisposable
{
    // A job may have been there by chance when a server was killed; three times in a row is no chance.
    private const int Deaths = 3;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _closing;

    /// <summary>From now on what is stopped is stopped by the server's end, and stays as it was kept.</summary>
    public async Task CloseAsync()
    {
        _closing = true;
        await library.EndWellAsync();
    }

    /// <summary>Makes what is kept agree with how the job stands; pausing and resuming may come at once, the last state counts.</summary>
    public async Task SyncAsync(Job job)
    {
        if (_closing)
            return;
        await _gate.WaitAsync();
        try
        {
            JobKeeping keeping = KeepingOf(job);
            if (keeping == job.Kept || _closing)
                return;
            if (keeping == JobKeeping.None)
                await library.ForgetJobAsync(job.Item.Id);
            else
                await library.KeepJobAsync(new UnfinishedJob(job.Item.Id, job.Item.Kind, job.Item.CreatedAt, JsonSerializer.Serialize(job.Recipe, PictorJson.Compact), keeping == JobKeeping.Paused));
            job.Kept = keeping;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Brings back what earlier servers of this library did not end.</summary>
    public async Task RestoreAsync(JobQueue queue, ModelSwitch onSwitch, CancellationToken cancellationToken)
    {
        foreach (UnfinishedJob kept in await library.TakeUnfinishedJobsAsync(cancellationToken))
        {
            // Before kinds were part of the recipe they stood beside it.
            JobRecipe recipe = (JsonSerializer.Deserialize<JobRecipe>(kept.Detail, PictorJson.Compact) ?? new JobRecipe(kept.Kind)) with { Kind = kept.Kind };

            // Whoever resumes it expects it to be done; catalogues before schema 9 did not write that down.
            if (kept.Paused && recipe.Kind != "watch")
                recipe = recipe with { Promised = true };
            if (recipe.Work(library, onSwitch) is { } work)
                await queue.RestoreAsync(kept, recipe, work, paused: kept.Paused || kept.Deaths >= Deaths);
        }
    }

    private static JobKeeping KeepingOf(Job job) => job switch
    {
        { Over: true } or { Item.IsOver: true } or { Cancelled.IsCancellationRequested: true } => JobKeeping.None,
        { Pausing: true } or { Item.Status: JobStatus.Paused } => JobKeeping.Paused,
        { Recipe.Promised: true } => JobKeeping.Promised,
        _ => JobKeeping.None,
    };

    public void Dispose() => _gate.Dispose();
}
