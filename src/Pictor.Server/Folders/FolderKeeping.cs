using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pictor.Library;
using Pictor.Server.Jobs;
using Pictor.Server.Models;

namespace Pictor.Server.Folders;

/// <summary>The folders that a server looks after: those it was started with, and those that earlier servers of this library were.</summary>
internal sealed partial class FolderKeeping
{
    /// <summary>Remembers the folders that the server was started with.</summary>
    /// <exception cref="InputException">One is a file (<c>index.not-a-folder</c>), or not there and was never known: a slip of the pen. A known one may be unplugged.</exception>
    public static async Task KeepAsync(PictureLibrary library, ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Folders.Count == 0)
            return;
        string[] files = [.. options.Folders.Where(File.Exists)];
        if (files.Length > 0)
        {
            throw new InputException(string.Join(", ", files), files.Length == 1 ? "this is a file, and a server looks after folders" : "these are files, and a server looks after folders",
                "Name the folder, or read files once: pictor index FILE.")
            { Code = "index.not-a-folder" };
        }

        var known = library.Folders().Select(folder => folder.Path).ToHashSet(StringComparer.Ordinal);
        string[] wrong = [.. options.Folders.Where(path => !Path.Exists(path) && !known.Contains(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))];
        if (wrong.Length > 0)
            throw new InputException(string.Join(", ", wrong), "there is no such folder", "Check the path, or connect the disk.") { Code = "index.not-found" };
        await library.KeepFoldersAsync(options.Folders, options.Exclude, cancellationToken);
    }

    /// <summary>Queues the first look at the folders, and watches them from now on.</summary>
    /// <returns>The watch; null when the options ask for none.</returns>
    public static async Task<IAsyncDisposable?> BeginAsync(IServiceProvider services, PictureLibrary library, ServerOptions options, CancellationToken cancellationToken)
    {
        JobQueue queue = services.GetRequiredService<JobQueue>();
        ILogger<FolderKeeping> logger = services.GetRequiredService<ILogger<FolderKeeping>>();
        IReadOnlyList<string> watched = options.Watch is null ? [] : [.. library.Folders().Where(folder => folder.Watched).Select(folder => folder.Path)];

        // Listening before looking, so that nothing falls between.
        IAsyncDisposable? watch = options.Watch is null ? null : library.Watch(options.Watch with
        {
            Say = text => Told(logger, text),
            Run = (work, stopping) => RunAsync(queue, work, stopping),
        });
        // What was paused stays paused, also where it is what the server would read first.
        ModelSwitch onSwitch = services.GetRequiredService<ModelSwitch>();
        await services.GetRequiredService<UnfinishedWork>().RestoreAsync(queue, onSwitch, cancellationToken);
        bool paused = queue.IsPaused;
        string[] named = [.. options.Folders.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))];
        string[] first = [.. named.Where(path => !queue.IsPausedFor(path)).Concat(paused ? [] : watched).Distinct(StringComparer.Ordinal).Where(Path.Exists)];
        if (first.Length > 0)
            await new JobRecipe("index", first, new IndexOptions()).QueueAsync(queue, library, onSwitch); // not promised: the next server begins with them by itself
        if (paused && watched.Count > 0)
            _ = LookLaterAsync(queue, library, onSwitch, watched, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return watch;
    }

    /// <summary>What changed in watched folders while no server ran, once nothing is paused any more.</summary>
    private static async Task LookLaterAsync(JobQueue queue, PictureLibrary library, ModelSwitch onSwitch, IReadOnlyList<string> watched, CancellationToken stopping)
    {
        try
        {
            while (queue.IsPaused)
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            string[] there = [.. watched.Where(Path.Exists)];
            if (there.Length > 0)
                await new JobRecipe("index", there, new IndexOptions()).QueueAsync(queue, library, onSwitch);
        }
        catch (Exception e) when (e is OperationCanceledException or InputException)
        {
            // The server ends, or too many jobs wait: the next sweep looks.
        }
    }

    /// <summary>While anything is paused, someone wants the machine for something else; what changed meanwhile is found afterwards.</summary>
    private static async Task RunAsync(JobQueue queue, WatchWork work, CancellationToken stopping)
    {
        while (queue.IsPaused)
            await Task.Delay(TimeSpan.FromSeconds(1), stopping);
        await queue.RunAsync(new JobRecipe("watch"), async (progress, cancelled) => await work(progress, cancelled), stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void Told(ILogger logger, string text);
}
