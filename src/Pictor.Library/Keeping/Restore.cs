using System.IO.Compression;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;
using Pictor.Library.Ownership;

namespace Pictor.Library.Keeping;

/// <summary>Makes a library of a backup, beside and renamed at the end: what is there is whole and checked, byte for byte. It takes no other library's place.</summary>
internal static class Restore
{
    internal static async Task<RestoreOutcome> RunAsync(string source, string folder, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), from = Path.GetFullPath(source);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new InputException(folder, "there is something here already", "Name an empty or new folder, or move this one away first.") { Code = "restore.exists" };
        using Members members = Members.Open(from);
        BackupManifest manifest = members.Manifest();
        string partial = $"{target}.{Guid.NewGuid():N}.restoring";
        try
        {
            Directory.CreateDirectory(partial);
            long bytes = await UnpackAsync(members, manifest, from, partial, progress, cancellationToken).ConfigureAwait(false);
            long originals = Settle(partial, from);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(partial, target);
            return new RestoreOutcome(
                target, manifest.CreatedAt, manifest.Schema, manifest.Pictures, originals, manifest.Members.Count(m => m.Path.StartsWith("models/", StringComparison.Ordinal)), bytes,
                TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception e) when (e is InvalidDataException)
        {
            throw Damaged(from, e.Message, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw DiskFull.Tell(target, e);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    private static async Task<long> UnpackAsync(Members members, BackupManifest manifest, string source, string folder, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, BackupMember> named = manifest.Members.ToDictionary(m => m.Path, StringComparer.Ordinal);
        var unpacked = new HashSet<string>(StringComparer.Ordinal);
        long bytes = 0, done = 0;
        foreach (string path in members.Paths)
        {
            if (path == BackupManifest.FileName)
                continue;
            if (!BackupManifest.IsMember(path))
                throw Damaged(source, $"it holds '{path}', which no backup of Pictor holds");
            bool original = path.StartsWith(Uploads.FolderName + "/", StringComparison.Ordinal);
            if (!original && !named.ContainsKey(path))
                continue; // a package of an earlier backup into the same folder
            Stream content = members.Read(path);
            await using (content.ConfigureAwait(false))
            {
                (string sha256, long length) = await DurableFile.CopyAsync(content, Path.Combine(folder, path), cancellationToken).ConfigureAwait(false);
                if (original ? !Path.GetFileName(path).StartsWith(sha256, StringComparison.Ordinal) : named[path].Sha256 != sha256)
                    throw Damaged(source, $"'{path}' is not what was saved");
                bytes += length;
            }

            unpacked.Add(path);
            progress?.Report(new Progress("Restoring", ++done, members.Paths.Count));
        }

        string[] lacking = [.. named.Keys.Where(path => !unpacked.Contains(path))];
        return lacking.Length == 0 ? bytes : throw Damaged(source, $"it lacks {string.Join(", ", lacking)}");
    }

    /// <summary>Checks the catalogue, and gives the originals the times that it has of them, by which they are trusted without being read.</summary>
    private static long Settle(string folder, string source)
    {
        string path = Path.Combine(folder, CatalogueFile.FileName);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        Schema.Check(connection, source, Schema.Current);
        if (CatalogueChecks.Integrity(connection) is { Count: > 0 } broken)
            throw Damaged(source, $"its catalogue is damaged: {broken[0]}");
        long originals = 0;
        foreach ((string file, long modified) in connection.Query<(string, long)>("SELECT path, modified FROM files WHERE path LIKE 'originals/%'"))
        {
            string full = Path.Combine(folder, file);
            if (!File.Exists(full))
                continue;
            File.SetLastWriteTimeUtc(full, new DateTime(modified, DateTimeKind.Utc));
            originals++;
        }

        return originals;
    }

    private static InputException Damaged(string source, string problem, Exception? inner = null) =>
        new(source, $"this backup is damaged: {problem}", "Use another backup; nothing was restored.", inner) { Code = "backup.damaged" };

    /// <summary>The members of a zip or of a folder.</summary>
    private sealed class Members : IDisposable
    {
        private readonly string _source;
        private readonly ZipArchive? _zip;

        private Members(string source, ZipArchive? zip, IReadOnlyList<string> paths) => (_source, _zip, Paths) = (source, zip, paths);

        public IReadOnlyList<string> Paths { get; }

        public static Members Open(string source)
        {
            if (Directory.Exists(source))
            {
                return new Members(source, null,
                    [.. Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(source, f).Replace('\\', '/')).Order(StringComparer.Ordinal)]);
            }

            if (!File.Exists(source))
                throw new InputException(source, "there is no such file or folder", "Name what 'pictor library backup' has made.") { Code = "backup.not-found" };
            try
            {
                ZipArchive zip = ZipFile.OpenRead(source);
                return new Members(source, zip, [.. zip.Entries.Select(e => e.FullName)]);
            }
            catch (InvalidDataException e)
            {
                throw new InputException(source, "this is not a backup: it is no zip file", "Name what 'pictor library backup' has made.", e) { Code = "backup.damaged" };
            }
        }

        public BackupManifest Manifest()
        {
            if (!Paths.Contains(BackupManifest.FileName, StringComparer.Ordinal))
                throw new InputException(_source, $"this is not a whole backup: {BackupManifest.FileName} is lacking", "Name what 'pictor library backup' has made and finished.") { Code = "backup.damaged" };
            using Stream stream = Read(BackupManifest.FileName);
            return BackupManifest.Read(stream, _source);
        }

        public Stream Read(string path) => _zip is null ? File.OpenRead(Path.Combine(_source, path)) : _zip.GetEntry(path)!.Open();

        public void Dispose() => _zip?.Dispose();
    }
}
