using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Ingest;

namespace Pictor.Library.Keeping;

/// <summary>
/// Copies a library while it is in use. The catalogue first, as of one moment (VACUUM INTO reads in one transaction and lets others write), then the originals and packages that this
/// copy names: they never change, so whatever is added meanwhile does no harm. Thumbnails and saved indexes are left out, for they are made again.
/// </summary>
internal sealed class Backup(string folder, CatalogueFile catalogue, TimeProvider time)
{
    internal async Task<BackupOutcome> RunAsync(string target, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (full == folder || MissingFiles.IsBelow(full, folder))
            throw new InputException(target, "this lies inside the library itself", "Name a place outside, best on another disk.") { Code = "backup.inside-library" };
        try
        {
            return await RunAsync(full, started, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException(full, $"the backup could not be written: {e.Message}", "Make room, or name another place; the library is as it was.", e) { Code = DiskFull.Is(e) ? "library.disk-full" : "backup.not-writable" };
        }
    }

    private async Task<BackupOutcome> RunAsync(string target, long started, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        string library = catalogue.Read(c => c.ExecuteScalar<long>("SELECT value FROM meta WHERE key = 'library'")).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        BackupTarget to = target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? new ZipTarget(target) : new FolderTarget(target, library);
        await using (to.ConfigureAwait(false))
        {
            progress?.Report(new Progress("Copying the catalogue", 0));
            DateTimeOffset created = time.GetUtcNow();
            string snapshot = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}{Ownership.DurableFile.PartialSuffix}");
            try
            {
                catalogue.Read(connection => connection.Execute("VACUUM INTO @snapshot", new { snapshot }));
                using var saved = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = snapshot, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
                saved.Open();
                return await CopyAsync(to, saved, snapshot, target, library, created, started, progress, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                File.Delete(snapshot);
            }
        }
    }

    private async Task<BackupOutcome> CopyAsync(
        BackupTarget to, SqliteConnection saved, string snapshot, string target, string library, DateTimeOffset created, long started, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var members = new List<BackupMember>();
        var skipped = new List<SkippedFile>();
        List<(string Path, long Bytes)> originals = saved.Query<(string, long)>(
            "SELECT f.path, p.bytes FROM files f JOIN pictures p ON p.row = f.picture WHERE f.path LIKE 'originals/%' ORDER BY f.id").AsList();
        long copied = 0;
        for (int i = 0; i < originals.Count; i++)
        {
            (string path, long bytes) = originals[i];
            if (!to.Has(path, bytes) && await AddAsync(path).ConfigureAwait(false) is not null)
                copied++;
            progress?.Report(new Progress("Copying originals", i + 1, originals.Count));
        }

        foreach (DeployedModel model in DeployedModel.All(saved))
        {
            if (await AddAsync($"models/{model.Reference}.pictor").ConfigureAwait(false) is { } member)
                members.Add(member);
        }

        if (File.Exists(Path.Combine(folder, BackupManifest.SettingsFileName)) && await AddAsync(BackupManifest.SettingsFileName).ConfigureAwait(false) is { } settings)
            members.Add(settings);
        int models = members.Count(m => m.Path.StartsWith("models/", StringComparison.Ordinal));

        // The catalogue last: in a folder it takes the earlier one's place only when everything that it names is there.
        using (FileStream content = File.OpenRead(snapshot))
            members.Add(await to.AddAsync(CatalogueFile.FileName, content, cancellationToken).ConfigureAwait(false));
        long pictures = saved.ExecuteScalar<long>("SELECT count(*) FROM pictures");
        int schema = saved.ExecuteScalar<int>("PRAGMA user_version");
        await to.CompleteAsync(new BackupManifest(BackupManifest.Known, library, schema, created, pictures, originals.Count - skipped.Count, members), cancellationToken).ConfigureAwait(false);
        return new BackupOutcome(target, pictures, originals.Count - skipped.Count, copied, models, to.Bytes, skipped, TimeProvider.System.GetElapsedTime(started).TotalSeconds);

        async Task<BackupMember?> AddAsync(string path)
        {
            FileStream content;
            try
            {
                content = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedFile(Path.Combine(folder, path), $"It could not be read: {e.Message}"));
                return null;
            }

            await using (content.ConfigureAwait(false))
                return await to.AddAsync(path, content, cancellationToken).ConfigureAwait(false);
        }
    }
}
