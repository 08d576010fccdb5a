using System.Collections.Concurrent;
using System.IO.Compression;

namespace Pictor.Datasets.Files;

/// <summary>The files in a zip. A ZipArchive serves one thread at a time, so there are as many as threads that read at once.</summary>
internal sealed class ZipFiles : IFileSet
{
    private const int UnixTypeMask = 0xF000, UnixLink = 0xA000;
    private readonly string _archive;
    private readonly ConcurrentBag<ZipArchive> _idle = [];
    private readonly List<FileEntry> _files = [];
    private readonly List<int> _entries = [];
    private readonly List<SkippedFile> _skipped = [];

    public ZipFiles(string archive, CancellationToken cancellationToken)
    {
        _archive = System.IO.Path.GetFullPath(archive);
        ZipArchive zip = Open();
        _idle.Add(zip);
        try
        {
            List(zip, cancellationToken);
        }
        catch (Exception e)
        {
            Dispose();
            throw e is InvalidDataException ? Damaged(_archive, e) : e;
        }
    }

    public string Kind => "zip";

    public IReadOnlyList<FileEntry> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    public string NameOf(int file) => $"{_archive}!{_files[file].Path}";

    public byte[] ReadStart(int file, int count) => Use(file, entry =>
    {
        var start = new byte[Math.Min(count, _files[file].Length)];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return read == start.Length ? start : start[..read];
    });

    public ReadOnlyMemory<byte> Read(int file) => Use(file, entry =>
    {
        if (_files[file].Length > Array.MaxLength)
            throw new InputException(NameOf(file), $"The file is too large: {_files[file].Length} bytes", "Leave it out.");
        using Stream stream = entry.Open();
        var bytes = new byte[_files[file].Length];
        stream.ReadExactly(bytes);
        return Crc32.Of(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException("The checksum does not fit.");
    });

    public void Dispose()
    {
        while (_idle.TryTake(out ZipArchive? zip))
            zip.Dispose();
    }

    private static InputException Damaged(string name, Exception e) =>
        new(name, name.Contains('!', StringComparison.Ordinal) ? "The file is damaged inside the archive" : "The archive is damaged or cut off", "Fetch or pack it again.", e) { Code = "data.damaged-archive" };

    private ZipArchive Open()
    {
        var stream = new FileStream(_archive, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (Exception e)
        {
            stream.Dispose();
            throw e is InvalidDataException ? Damaged(_archive, e) : e;
        }
    }

    private T Use<T>(int file, Func<ZipArchiveEntry, T> read)
    {
        ZipArchive? zip = null;
        try
        {
            if (!_idle.TryTake(out zip))
                zip = Open();
            return read(zip.Entries[_entries[file]]);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            throw Damaged(NameOf(file), e);
        }
        finally
        {
            if (zip is not null)
                _idle.Add(zip);
        }
    }

    private void List(ZipArchive zip, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        long packed = new FileInfo(_archive).Length, unpacked = 0;
        for (int i = 0; i < zip.Entries.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ZipArchiveEntry entry = zip.Entries[i];
            string? path = EntryNames.Normalise(entry.FullName, out bool climbs);
            string? reason = climbs ? "Its name leads out of the archive."
                : path is null ? null
                : entry.IsEncrypted ? "It is encrypted."
                : ((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink ? "It is no file but a link."
                : null;
            if (reason is not null)
                _skipped.Add(new SkippedFile($"{_archive}!{entry.FullName}", reason));
            if (path is null || reason is not null)
                continue;
            unpacked += entry.Length;
            ArchiveLimits.Check(_archive, packed, unpacked);
            if (places.TryGetValue(path, out int place))
            {
                (_files[place], _entries[place]) = (new FileEntry(path, entry.Length), i);
                continue;
            }

            places[path] = _files.Count;
            _files.Add(new FileEntry(path, entry.Length));
            _entries.Add(i);
        }
    }
}
