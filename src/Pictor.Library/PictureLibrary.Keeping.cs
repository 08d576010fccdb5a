using Dapper;
using Pictor.Library.Ingest;
using Pictor.Library.Keeping;
using Pictor.Library.Watching;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>The folders that were indexed: what is passed over there, and which of them a server looks after.</summary>
    public IReadOnlyList<FolderItem> Folders() => _catalogue.Read<IReadOnlyList<FolderItem>>(connection => [.. FolderTable.All(connection).Select(f => f.ToItem())]);

    /// <summary>Remembers folders, so that a server looks after them; what is known of them otherwise stays.</summary>
    /// <param name="paths">Absolute.</param>
    /// <param name="exclude">As <see cref="IndexOptions.Exclude"/>.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="InputException">A folder inside the library, or a pattern that matches nothing or everything.</exception>
    public Task KeepFoldersAsync(IReadOnlyList<string> paths, IReadOnlyList<string>? exclude = null, CancellationToken cancellationToken = default)
    {
        string[] full = [.. paths.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p)))];
        if (Array.Find(full, p => p == Folder || MissingFiles.IsBelow(p, Folder)) is { } inside)
            throw new InputException(inside, "this lies inside the library itself", "Name the folders that hold your pictures.") { Code = "index.inside-library" };
        return RememberAsync(full, exclude, watched: true, cancellationToken);
    }

    /// <summary>No longer looks after a folder and forgets what was passed over there. Its pictures stay as they are. False when unknown.</summary>
    public Task<bool> ForgetFolderAsync(string path, CancellationToken cancellationToken = default)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return _catalogue.WriteAsync(connection => FolderTable.Forget(connection, full), cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Looks after the watched folders (<see cref="KeepFoldersAsync"/>) until disposed: reads what is new or changed once it has settled, marks what is deleted, and sweeps from time to
    /// time. Index the folders once before. Dispose it before the library.
    /// </summary>
    public IAsyncDisposable Watch(WatchOptions? options = null) => new FolderWatch(this, options ?? new WatchOptions(), _time);

    /// <summary>Checks everything that must hold in a library, and mends it where asked. Without mending it works while another process writes.</summary>
    /// <exception cref="InputException">Mending a library that was opened for reading (<c>library.read-only</c>).</exception>
    public async Task<VerifyOutcome> VerifyAsync(VerifyOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new VerifyOptions();
        if (options.Repair && _catalogue.ReadOnly)
            throw new InputException(Folder, "this library was opened for reading only", "Open it for writing.") { Code = "library.read-only" };
        return await Task.Run(() => new Verifier(Folder, _catalogue, _uploads.RecoverAsync).RunAsync(options, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Saves the library while it is in use: <paramref name="target"/> ending in .zip makes one file, else a folder, where a later backup writes only the originals that are new.
    /// The user's own folders are not part of it.
    /// </summary>
    /// <exception cref="InputException">There is something else at the target, or it cannot be written.</exception>
    public Task<BackupOutcome> BackupAsync(string target, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => new Backup(Folder, _catalogue, _time).RunAsync(target, progress, cancellationToken), cancellationToken);

    /// <summary>Makes a library of a backup in a folder that is empty or not there. Everything is checked before it is in place.</summary>
    /// <exception cref="InputException">The backup is damaged, or of a newer Pictor; there is something in the folder.</exception>
    public static Task<RestoreOutcome> RestoreAsync(string backup, string folder, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Restore.RunAsync(backup, folder, progress, cancellationToken), cancellationToken);

    /// <summary>What there is in the library, counted: pictures, files, bytes, models, folders, its owner.</summary>
    public LibraryInfo Info() => Inventory.Of(Folder, _catalogue, Folders());

    /// <summary>One run: take in, mark what is gone, let the model read the rest.</summary>
    internal async Task<IngestResult> IngestAsync(IngestWork work, IndexOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        await _indexing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string[] folders = [.. work.Roots.Where(Directory.Exists)];
            if (work.Named && !options.Copy)
                await RememberAsync(folders, options.Exclude, watched: null, cancellationToken).ConfigureAwait(false);
            var rules = new WalkRules(_catalogue.Read(FolderTable.All).Concat(options.Copy ? CopyRules(folders, options) : []), options.Settle, _time);
            using AnnotatorLease? lease = Models.Borrow();
            long lastRow = _catalogue.Read(connection => connection.ExecuteScalar<long?>("SELECT max(id) FROM files")) ?? 0;
            var walk = new FolderWalk(Folder, rules);
            var job = new IngestJob(_catalogue, _preparation, _writer, walk, rules, lease?.Active, options, progress);
            await job.RunAsync(work.Roots, work.Named, cancellationToken).ConfigureAwait(false);

            var missingFiles = new MissingFiles(_catalogue, Models, Folder);
            var skipped = new List<SkippedFile>(job.Skipped);
            int missing = 0;
            if (!options.Copy)
            {
                string[] lost = options.Emptied ? [] : [.. folders.Where(IsEmpty)];
                skipped.AddRange(lost.Select(root => (Root: root, Files: missingFiles.CountBelow(root))).Where(l => l.Files > 0).Select(l => new SkippedFile(
                    l.Root, $"This folder is empty, and {l.Files:N0} known files were in it. They were not marked missing, for a disk may not be mounted; if you emptied it, run: pictor index {l.Root} --emptied.")));
                missing = await missingFiles.MarkAsync([.. folders.Except(lost, StringComparer.Ordinal)], job.Seen, lastRow, walk.Unreadable, cancellationToken).ConfigureAwait(false)
                    + await missingFiles.MarkGoneAsync(work.Gone, cancellationToken).ConfigureAwait(false);
                await NoteIndexedAsync([.. folders.Except(lost, StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
            }

            if (lease is not null)
                await new MissingReadings(_catalogue, _preparation, _writer, _contents).FillAsync(lease.Active, progress, cancellationToken).ConfigureAwait(false);
            return new IngestResult(new IndexOutcome(job.Added, job.Known, job.Changed, missing, skipped, TimeProvider.System.GetElapsedTime(started).TotalSeconds), job.Unsettled);
        }
        finally
        {
            _indexing.Release();
        }
    }

    /// <summary>A disk that is not mounted often leaves its folder behind, empty.</summary>
    internal static bool IsEmpty(string folder)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    internal List<FolderRow> WatchedFolders() => _catalogue.Read(FolderTable.All).FindAll(f => f.Watched);

    private static IEnumerable<FolderRow> CopyRules(string[] folders, IndexOptions options) =>
        options.Exclude is null ? [] : folders.Select(path => new FolderRow { Path = path, Exclude = string.Join('\n', ExcludePatterns.Checked(options.Exclude)) });

    private async Task RememberAsync(IReadOnlyList<string> folders, IReadOnlyList<string>? exclude, bool? watched, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? patterns = exclude is null ? null : ExcludePatterns.Checked(exclude);
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await _catalogue.WriteAsync(
            connection =>
            {
                // What lies below a known folder is known with it, unless there is something to remember of its own.
                List<FolderRow> known = FolderTable.All(connection);
                foreach (string path in folders)
                {
                    if (exclude is not null || watched is not null || known.Exists(k => k.Path == path) || !known.Exists(k => MissingFiles.IsBelow(path, k.Path)))
                        FolderTable.Keep(connection, path, patterns, watched, now);
                }

                return 0;
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private Task<int> NoteIndexedAsync(string[] folders, CancellationToken cancellationToken)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _catalogue.WriteAsync(
            connection =>
            {
                foreach (string path in folders)
                    FolderTable.NoteIndexed(connection, path, now);
                return 0;
            },
            cancellationToken: cancellationToken);
    }
}
