using Pictor.Library;
using Pictor.Server.Models;

namespace Pictor.Server.Jobs;

/// <summary>What a job needs to be done, in this process or a later one.</summary>
/// <param name="Kind">index, watch, annotate, prepare or duplicates.</param>
/// <param name="Paths">Of an indexing: the folders and files.</param>
/// <param name="Options">Of an indexing: how.</param>
/// <param name="Model">Of a preparation: NAME@VERSION.</param>
/// <param name="Activate">Of a preparation: switch to the model when it has read everything.</param>
internal sealed record JobRecipe(string Kind, IReadOnlyList<string>? Paths = null, IndexOptions? Options = null, string? Model = null, bool Activate = false)
{
    /// <summary>Whoever asked was told that it will be done: it goes on after a crash. What a server does by itself, the next one does by itself.</summary>
    public bool Promised { get; init; }

    /// <summary>Queues the work.</summary>
    public Task<JobItem> QueueAsync(JobQueue queue, PictureLibrary library, ModelSwitch onSwitch) => queue.AddAsync(this, Work(library, onSwitch)!);

    /// <summary>The work; null for a kind of a later version.</summary>
    public Func<IProgress<Progress>, CancellationToken, Task<IndexOutcome?>>? Work(PictureLibrary library, ModelSwitch onSwitch) => Kind switch
    {
        "index" when Paths is { Count: > 0 } paths => async (progress, cancelled) => await library.IndexAsync(paths, Options ?? new IndexOptions(), progress, cancelled),
        "annotate" => async (progress, cancelled) =>
        {
            await library.AnnotateMissingAsync(progress, cancelled);
            return null;
        }
        ,
        "prepare" when Model is { } model => async (progress, cancelled) =>
        {
            await library.PrepareModelAsync(model, progress, cancelled);
            if (Activate)
                await onSwitch.AnnounceAsync(await library.Models.UseAsync(model, cancelled));
            return null;
        }
        ,

        "duplicates" => async (progress, cancelled) =>
        {
            await library.FindDuplicatesAsync(progress, cancelled);
            return null;
        }
        ,

        // A look at what changed in watched folders: which folders those are, the library knows.
        "watch" => async (progress, cancelled) =>
        {
            string[] watched = [.. library.Folders().Where(folder => folder.Watched).Select(folder => folder.Path).Where(Path.Exists)];
            return watched.Length == 0 ? null : await library.IndexAsync(watched, new IndexOptions(), progress, cancelled);
        }
        ,
        _ => null,
    };
}
