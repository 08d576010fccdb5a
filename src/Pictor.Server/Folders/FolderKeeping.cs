using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pictor.Library;
using Pictor.Server.Jobs;

namespace Pictor.Server.Folders;

/// <summary>The folders that a server looks after: those it was started with, and those that earlier servers of this library were.</summary>
internal sealed partial class FolderKeeping
{
    /// <summary>Remembers the folders that the server was started with.</summary>
    /// <exception cref="InputException">One is not there and was never known: a slip of the pen. A known one may be unplugged.</exception>
    public static async Task KeepAsync(PictureLibrary library, ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Folders.Count == 0)
            return;
        var known = library.Folders().Select(folder => folder.Path).ToHashSet(StringComparer.Ordinal);
        string[] wrong = [.. options.Folders.Where(path => !Path.Exists(path) && !known.Contains(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))];
        if (wrong.Length > 0)
            throw new InputException(string.Join(", ", wrong), "there is no such folder", "Check the path, or connect the disk.") { Code = "index.not-found" };
        await library.KeepFoldersAsync([.. options.Folders.Where(path => !File.Exists(path))], options.Exclude, cancellationToken);
    }

    /// <summary>Queues the first look at the folders, and watches them from now on.</summary>
    /// <returns>The watch; null when the options ask for none.</returns>
    public static IAsyncDisposable? Begin(IServiceProvider services, PictureLibrary library, ServerOptions options)
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
        string[] first = [.. options.Folders.Concat(watched).Distinct(StringComparer.Ordinal).Where(Path.Exists)];
        if (first.Length > 0)
            JobEndpoints.QueueIndex(queue, library, first, new IndexOptions());
        return watch;
    }

    /// <summary>While anything is paused, someone wants the machine for something else; what changed meanwhile is found afterwards.</summary>
    private static async Task RunAsync(JobQueue queue, WatchWork work, CancellationToken stopping)
    {
        while (queue.IsPaused)
            await Task.Delay(TimeSpan.FromSeconds(1), stopping);
        await queue.RunAsync("watch", async (progress, cancelled) => await work(progress, cancelled), pausable: true, stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void Told(ILogger logger, string text);
}
