using System.IO.Compression;
using System.Text.Json;
using Pictor.Library.Ownership;

namespace Pictor.Library.Keeping;

/// <summary>Where a backup goes: a zip (stored, for pictures are compressed already), or a folder that keeps the originals of earlier backups.</summary>
internal abstract class BackupTarget : IAsyncDisposable
{
    internal long Bytes { get; private set; }

    /// <summary>True when a member of this name and length is there from an earlier backup.</summary>
    internal abstract bool Has(string member, long bytes);

    internal async Task<BackupMember> AddAsync(string member, Stream content, CancellationToken cancellationToken)
    {
        (string sha256, long bytes) = await WriteAsync(member, content, cancellationToken).ConfigureAwait(false);
        Bytes += bytes;
        return new BackupMember(member, bytes, sha256);
    }

    /// <summary>Makes the backup valid.</summary>
    internal abstract Task CompleteAsync(BackupManifest manifest, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<(string Sha256, long Bytes)> WriteAsync(string member, Stream content, CancellationToken cancellationToken);
}

/// <summary>One file, written beside and renamed at the end.</summary>
internal sealed class ZipTarget : BackupTarget
{
    private readonly string _path, _partial;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private bool _complete;

    internal ZipTarget(string path)
    {
        if (File.Exists(path))
            throw new InputException(path, "there is a file of this name already", "Name another; a backup takes no other's place.") { Code = "backup.exists" };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        (_path, _partial) = (path, path + DurableFile.PartialSuffix);
        _file = new FileStream(_partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    internal override bool Has(string member, long bytes) => false;

    internal override async Task CompleteAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        using (var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, PictorJson.Indented)))
            await WriteAsync(BackupManifest.FileName, json, cancellationToken).ConfigureAwait(false);
        _zip.Dispose(); // writes the directory
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_partial, _path);
        _complete = true;
    }

    public override ValueTask DisposeAsync()
    {
        if (!_complete)
        {
            try
            {
                _zip.Dispose();
            }
            catch (IOException)
            {
                // It could not even end itself; the file is deleted anyway.
            }

            _file.Dispose();
            File.Delete(_partial);
        }

        return ValueTask.CompletedTask;
    }

    protected override async Task<(string Sha256, long Bytes)> WriteAsync(string member, Stream content, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(member, CompressionLevel.NoCompression);
        Stream stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            return await DurableFile.CopyAsync(content, stream, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A folder: a second backup writes only the originals that are new. Its <c>backup.json</c> is taken away first, so that a backup that was broken off is not taken for one.</summary>
internal sealed class FolderTarget : BackupTarget
{
    private readonly string _folder;

    internal FolderTarget(string folder, string library)
    {
        _folder = folder;
        string manifest = Path.Combine(folder, BackupManifest.FileName), started = Path.Combine(folder, Unfinished);
        Directory.CreateDirectory(folder);
        if (File.Exists(manifest))
        {
            using FileStream stream = File.OpenRead(manifest);
            if (BackupManifest.Read(stream, manifest).Library != library)
                throw new InputException(folder, "this folder holds the backup of another library", "Name another folder.") { Code = "backup.other-library" };
        }
        else if (!File.Exists(started) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new InputException(folder, "this folder is not empty and holds no backup", "Name an empty or new folder.") { Code = "backup.not-empty" };
        }

        File.WriteAllText(started, library);
        File.Delete(manifest);
    }

    private const string Unfinished = "backup.unfinished";

    internal override bool Has(string member, long bytes) => new FileInfo(Path.Combine(_folder, member)) is { Exists: true } file && file.Length == bytes;

    internal override Task CompleteAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        DurableFile.Write(Path.Combine(_folder, BackupManifest.FileName), JsonSerializer.SerializeToUtf8Bytes(manifest, PictorJson.Indented));
        File.Delete(Path.Combine(_folder, Unfinished));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<(string Sha256, long Bytes)> WriteAsync(string member, Stream content, CancellationToken cancellationToken) =>
        DurableFile.CopyAsync(content, Path.Combine(_folder, member), cancellationToken);
}
