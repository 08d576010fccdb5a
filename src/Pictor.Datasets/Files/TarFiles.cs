using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using Pictor.Imaging;

namespace Pictor.Datasets.Files;

/// <summary>
/// The files in a tar. A plain one is read in place; a compressed one is read once from front to back, and what may matter is kept.
/// A name that comes twice means its last content, as tar itself has it.
/// </summary>
internal sealed class TarFiles : IFileSet
{
    /// <summary>What is kept of a file that is neither picture, table nor IDX: enough to say what it is.</summary>
    private const int StartBytes = 512;
    private readonly string _archive;
    private readonly SafeFileHandle? _plain;
    private readonly ByteStore _store;
    private readonly List<FileEntry> _files = [];
    private readonly List<StoredBytes> _stored = [];
    private readonly List<long> _offsets = [];
    private readonly List<SkippedFile> _skipped = [];

    public TarFiles(string archive, bool compressed, IProgress<Progress>? progress, CancellationToken cancellationToken, long memoryBudget = 512L << 20)
    {
        _archive = System.IO.Path.GetFullPath(archive);
        _store = new ByteStore(memoryBudget);
        try
        {
            if (!compressed)
                _plain = File.OpenHandle(_archive);
            using var file = new FileStream(_archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using Stream stream = compressed ? new GuardedStream(new GZipStream(file, CompressionMode.Decompress), _archive, file.Length, cancellationToken) : file;
            ReadAll(stream, file, progress, cancellationToken);
        }
        catch (Exception e)
        {
            Dispose();
            // TarReader says InvalidOperationException of a header whose size cannot be.
            if (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or InvalidOperationException)
                throw new InputException(archive, $"The archive is damaged or cut off after {_files.Count} files", "Fetch or pack it again.", e) { Code = "data.damaged-archive" };
            if (e is IOException or UnauthorizedAccessException)
                throw new InputException(archive, $"The archive cannot be read ({e.Message})", "Check the file and its rights.", e);
            throw;
        }
    }

    public string Kind => "tar";

    public IReadOnlyList<FileEntry> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    public string NameOf(int file) => $"{_archive}!{_files[file].Path}";

    public byte[] ReadStart(int file, int count)
    {
        if (_plain is null)
        {
            ReadOnlySpan<byte> stored = _store.Read(_stored[file]).Span;
            return stored[..Math.Min(count, stored.Length)].ToArray();
        }

        var start = new byte[Math.Min(count, _files[file].Length)];
        ReadPlain(file, start);
        return start;
    }

    public ReadOnlyMemory<byte> Read(int file)
    {
        if (_plain is null)
            return _store.Read(_stored[file]);
        if (_files[file].Length > Array.MaxLength)
            throw new InputException(NameOf(file), $"The file is too large: {_files[file].Length} bytes", "Leave it out.");
        var bytes = new byte[_files[file].Length];
        ReadPlain(file, bytes);
        return bytes;
    }

    public void Dispose()
    {
        _plain?.Dispose();
        _store.Dispose();
    }

    private void ReadAll(Stream stream, FileStream file, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        using var reader = new TarReader(stream, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? path = EntryNames.Normalise(entry.Name, out bool climbs);
            if (climbs)
                _skipped.Add(new SkippedFile($"{_archive}!{entry.Name}", "Its name leads out of the archive."));
            if (path is null)
                continue;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                Add(places, path, entry, file.Length);
            else if (entry.EntryType == TarEntryType.HardLink && EntryNames.Normalise(entry.LinkName, out _) is { } target && places.TryGetValue(target, out int same))
                Put(places, path, _files[same].Length, _stored[same], _offsets[same]);
            else if (entry.EntryType is not (TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes))
                _skipped.Add(new SkippedFile($"{_archive}!{path}", $"It is no file but a {entry.EntryType}."));
            if (_files.Count % 1024 == 0)
                progress?.Report(new Progress("Reading the archive", file.Position, file.Length));
        }
    }

    private void Add(Dictionary<string, int> places, string path, TarEntry entry, long archiveLength)
    {
        if (_plain is not null)
        {
            if (entry.Length > 0 && entry.DataOffset + entry.Length > archiveLength)
                throw new EndOfStreamException();
            Put(places, path, entry.Length, default, entry.DataOffset);
            return;
        }

        Put(places, path, entry.Length, entry.DataStream is { } data ? Keep(path, data, entry.Length) : default, 0);
    }

    private StoredBytes Keep(string path, Stream data, long length)
    {
        var start = new byte[Math.Min(StartBytes, length)];
        data.ReadExactly(start);
        bool matters = AnnotationNames.Matters(path) || PictureReader.Sniff(start) != PictureFormat.Unknown || start is [0x1F, 0x8B, ..] or [0, 0, 8, 1 or 3, ..];
        long limit = Idx.IdxPairs.IsIdxName(path) || start is [0x1F, 0x8B, ..] or [0, 0, 8, ..] ? Array.MaxLength : DecodeOptions.Default.MaxBytes;
        return !matters || length > limit
            ? _store.Append(new MemoryStream(start), start.Length)
            : _store.Append(new Prefixed(start, data), (int)length);
    }

    private void Put(Dictionary<string, int> places, string path, long length, StoredBytes stored, long offset)
    {
        if (places.TryGetValue(path, out int place))
        {
            (_files[place], _stored[place], _offsets[place]) = (new FileEntry(path, length), stored, offset);
            return;
        }

        places[path] = _files.Count;
        _files.Add(new FileEntry(path, length));
        _stored.Add(stored);
        _offsets.Add(offset);
    }

    private void ReadPlain(int file, Span<byte> target)
    {
        int done = 0;
        while (done < target.Length)
        {
            int read = RandomAccess.Read(_plain!, target[done..], _offsets[file] + done);
            if (read == 0)
                throw new InputException(NameOf(file), "The archive ends before the file does", "Open the data set again.");
            done += read;
        }
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class Prefixed(byte[] start, Stream rest) : MemoryStream(start)
    {
        public override int Read(Span<byte> buffer)
        {
            int read = base.Read(buffer);
            return read > 0 || buffer.IsEmpty ? read : rest.Read(buffer);
        }
    }
}
