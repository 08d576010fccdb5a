using System.Text.Json;
using Pictor.Library;

namespace Pictor.Server.Jobs;

/// <summary>What a job needs to go on in another process.</summary>
/// <param name="Paths">Of an indexing: the folders and files.</param>
/// <param name="Options">Of an indexing: how.</param>
internal sealed record JobRecipe(IReadOnlyList<string>? Paths = null, IndexOptions? Options = null);

/// <summary>Paused jobs in the library, so that a restart neither starts nor forgets them.</summary>
internal sealed class PausedWork(PictureLibrary library) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _closing;

    /// <summary>From now on what is stopped is stopped by the server's end, and stays as it was kept.</summary>
    public void Close() => _closing = true;

    /// <summary>Makes what is kept agree with how the job stands; pausing and resuming may come at once, the last state counts.</summary>
    public async Task SyncAsync(Job job)
    {
        if (job.Recipe is null || _closing)
            return;
        await _gate.WaitAsync();
        try
        {
            bool paused = !job.Item.IsOver && (job.Pausing || job.Item.Status == JobStatus.Paused);
            if (paused == job.Kept || _closing)
                return;
            if (paused)
                await library.KeepPausedJobAsync(new PausedJob(job.Item.Id, job.Item.Kind, job.Item.CreatedAt, JsonSerializer.Serialize(job.Recipe, PictorJson.Compact)));
            else
                await library.ForgetPausedJobAsync(job.Item.Id);
            job.Kept = paused;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Brings back what earlier servers of this library were asked to pause.</summary>
    public void Restore(JobQueue queue)
    {
        foreach (PausedJob kept in library.PausedJobs())
        {
            JobRecipe recipe = JsonSerializer.Deserialize<JobRecipe>(kept.Detail, PictorJson.Compact) ?? new JobRecipe();
            if (WorkOf(kept.Kind, recipe) is { } work)
                queue.AddPaused(kept.Id, kept.Kind, kept.CreatedAt, work, recipe);
        }
    }

    private Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>>? WorkOf(string kind, JobRecipe recipe) => kind switch
    {
        "annotate" => async (progress, cancelled) =>
        {
            await library.AnnotateMissingAsync(progress, cancelled);
            return null;
        }
        ,
        _ when recipe.Paths is { Count: > 0 } paths => async (progress, cancelled) => await library.IndexAsync(paths, recipe.Options ?? new IndexOptions(), progress, cancelled),

        // A look at what changed in watched folders: which folders those are, the library knows.
        "watch" => async (progress, cancelled) =>
        {
            string[] watched = [.. library.Folders().Where(folder => folder.Watched).Select(folder => folder.Path).Where(Path.Exists)];
            return watched.Length == 0 ? null : await library.IndexAsync(watched, new IndexOptions(), progress, cancelled);
        }
        ,
        _ => null,
    };

    public void Dispose() => _gate.Dispose();
}
