using System.Security.Cryptography;
using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Ingest;
using Pictor.Library.Ownership;
using Pictor.Library.Pictures;

namespace Pictor.Library.Keeping;

/// <summary>A file of the library that is not as the catalogue has it, and how that is mended.</summary>
internal sealed record FileFault(string Check, string File, string Problem, string Remedy, Func<Task>? Mend);

/// <summary>
/// The folder against the catalogue, and back. Other processes may be writing: what is on disk before its row is (uploads) gets a second look, and files that are being written are
/// passed over while they are young.
/// </summary>
internal sealed class FileChecks(string folder, CatalogueFile catalogue)
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10), SecondLook = TimeSpan.FromSeconds(1);

    /// <summary>Files under originals/ that were met.</summary>
    internal long Originals { get; private set; }

    /// <summary>Files of originals/ without a row, for the one who can take them in.</summary>
    internal List<string> Uncatalogued { get; } = [];

    internal async Task<List<FileFault>> RunAsync(bool deep, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var faults = new List<FileFault>();
        faults.AddRange(Packages(deep));
        faults.AddRange(StoredOriginals(deep, progress, cancellationToken));
        faults.AddRange(await OriginalsOnDiskAsync(cancellationToken).ConfigureAwait(false));
        faults.AddRange(ThumbnailsOnDisk(cancellationToken));
        faults.AddRange(Snapshots());
        faults.AddRange(Partials());
        return faults;
    }

    /// <summary>Thumbnails of pictures that the catalogue does not know.</summary>
    internal IEnumerable<string> OrphanThumbnails(CancellationToken cancellationToken)
    {
        string place = Path.Combine(folder, Thumbnails.FolderName);
        if (!Directory.Exists(place))
            yield break;
        var known = new HashSet<string>(catalogue.Read(connection => connection.Query<string>("SELECT id FROM pictures").AsList()), StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(place, "*.jpg", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!known.Contains(Path.GetFileName(file).Split('-')[0]))
                yield return file;
        }
    }

    private IEnumerable<FileFault> Packages(bool deep)
    {
        List<DeployedModel> models = catalogue.Read(DeployedModel.All);
        foreach (DeployedModel model in models)
        {
            string path = model.PathIn(folder);
            if (!File.Exists(path))
                yield return new("model.missing", path, "This package is not there.", $"Deploy it again: pictor models add FILE (SHA-256 {model.Sha256}).", null);
            else if (deep && ContentHash.Sha256Of(File.ReadAllBytes(path)) != model.Sha256)
                yield return new("model.damaged", path, "This package is not what was deployed.", $"Deploy it again: pictor models add FILE (SHA-256 {model.Sha256}).", null);
        }

        string place = Path.Combine(folder, "models");
        var named = new HashSet<string>(models.Select(m => m.PathIn(folder)), StringComparer.Ordinal);
        foreach (string file in Directory.Exists(place) ? Directory.GetFiles(place, "*.pictor") : [])
        {
            // A package is on disk a moment before its row.
            if (!named.Contains(file) && IsOld(file))
                yield return new("model.orphan", file, "No model of the catalogue names this package.", "The file is deleted.", Delete(file));
        }
    }

    private IEnumerable<FileFault> StoredOriginals(bool deep, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        List<(long Id, string Path, long Size, string Sha256)> rows = catalogue.Read(connection => connection.Query<(long, string, long, string)>(
            "SELECT f.id, f.path, p.bytes, p.sha256 FROM files f JOIN pictures p ON p.row = f.picture WHERE f.path LIKE 'originals/%' AND f.missing = 0 ORDER BY f.id").AsList());
        long done = 0;
        foreach ((long id, string path, long size, string sha256) in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string full = Path.Combine(folder, path);
            var file = new FileInfo(full);
            string? problem = !file.Exists ? "This original is not there." : file.Length != size ? $"This original has {file.Length:N0} bytes instead of {size:N0}."
                : deep && HashOf(full) != sha256 ? "This original's content has changed." : null;
            if (problem is not null)
            {
                yield return new(file.Exists ? "original.damaged" : "original.missing", full, problem,
                    "It is marked missing until the same picture is added again, or restore a backup.", () => MarkMissing(id));
            }

            if (++done % 100 == 0)
                progress?.Report(new Progress("Checking originals", done, rows.Count));
        }
    }

    private async Task<List<FileFault>> OriginalsOnDiskAsync(CancellationToken cancellationToken)
    {
        string place = Path.Combine(folder, Uploads.FolderName);
        if (!Directory.Exists(place))
            return [];
        List<string> files = [.. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(DurableFile.PartialSuffix, StringComparison.Ordinal))];
        Originals = files.Count;
        List<string> orphans = WithoutRow(files);
        if (orphans.Count > 0)
        {
            await Task.Delay(SecondLook, cancellationToken).ConfigureAwait(false);
            orphans = WithoutRow(orphans);
        }

        Uncatalogued.AddRange(orphans);
        return [.. orphans.Select(file => new FileFault("original.uncatalogued", file, "No row names this original.", "It is taken in.", null))];
    }

    private List<string> WithoutRow(List<string> files) => catalogue.Read(connection =>
    {
        var known = new HashSet<string>(connection.Query<string>("SELECT path FROM files WHERE path LIKE 'originals/%'"), StringComparer.Ordinal);
        return files.FindAll(file => !known.Contains(Path.GetRelativePath(folder, file).Replace('\\', '/')));
    });

    private IEnumerable<FileFault> ThumbnailsOnDisk(CancellationToken cancellationToken)
    {
        foreach (string file in OrphanThumbnails(cancellationToken))
            yield return new("thumbnail.orphan", file, "No picture of the catalogue has this thumbnail.", "The file is deleted.", Delete(file));
        string place = Path.Combine(folder, Thumbnails.FolderName);
        foreach (FileInfo file in Directory.Exists(place) ? new DirectoryInfo(place).EnumerateFiles("*.jpg", SearchOption.AllDirectories) : [])
        {
            if (file.Length == 0)
                yield return new("thumbnail.empty", file.FullName, "This thumbnail is empty.", "The file is deleted; it is made again when it is asked for.", Delete(file.FullName));
        }
    }

    private IEnumerable<FileFault> Snapshots()
    {
        string place = Path.Combine(folder, Finding.VectorSnapshots.FolderName);
        var known = new HashSet<string>(catalogue.Read(DeployedModel.All).Select(m => m.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        foreach (string file in Directory.Exists(place) ? Directory.GetFiles(place, "*.vectors") : [])
        {
            if (!known.Contains(Path.GetFileName(file).Split('.')[0]))
                yield return new("index.orphan", file, "This saved index belongs to no model.", "The file is deleted.", Delete(file));
        }
    }

    private IEnumerable<FileFault> Partials()
    {
        foreach (string file in DurableFile.Partials(folder))
        {
            if (IsOld(file))
                yield return new("file.partial", file, "This file was left half written.", "The file is deleted.", Delete(file));
        }
    }

    private static bool IsOld(string file) => TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > Young;

    internal static string HashOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static Func<Task> Delete(string file) => () =>
    {
        File.Delete(file);
        return Task.CompletedTask;
    };

    private Task<int> MarkMissing(long file) => catalogue.WriteAsync(connection =>
    {
        var touched = new HashSet<long>();
        Finding.VectorStore.NoteChange(connection);
        connection.Execute("UPDATE files SET missing = 1 WHERE id = @file", new { file });
        IngestWriter.Touch(connection, connection.ExecuteScalar<long?>("SELECT picture FROM files WHERE id = @file", new { file }), touched);
        return touched.Count;
    });
}
