namespace Pictor.Datasets.Files;

/// <summary>Where a stored file lies: a chunk in memory, or (chunk -1) the temporary file.</summary>
internal readonly record struct StoredBytes(int Chunk, long Offset, int Length);

/// <summary>
/// Keeps the files of an archive that can only be read from front to back: in a few large arrays, and beyond a budget in a temporary file
/// that vanishes when closed. Nothing is ever written under a name that the archive gave. Reading is safe from several threads once all is written.
/// </summary>
internal sealed class ByteStore(long memoryBudget) : IDisposable
{
    private const int ChunkBytes = 16 << 20;
    private readonly List<byte[]> _chunks = [];
    private FileStream? _overflow;
    private int _used;
    private long _inMemory;

    /// <summary>Copies exactly <paramref name="length"/> bytes from a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream is shorter.</exception>
    public StoredBytes Append(Stream source, int length)
    {
        if (_inMemory + length > memoryBudget)
            return AppendToFile(source, length);
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < length)
        {
            _chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(ChunkBytes, length)));
            _used = 0;
        }

        source.ReadExactly(_chunks[^1].AsSpan(_used, length));
        var stored = new StoredBytes(_chunks.Count - 1, _used, length);
        _used += length;
        _inMemory += length;
        return stored;
    }

    /// <summary>The bytes stored.</summary>
    public ReadOnlyMemory<byte> Read(StoredBytes stored)
    {
        if (stored.Chunk >= 0)
            return _chunks[stored.Chunk].AsMemory((int)stored.Offset, stored.Length);
        var bytes = new byte[stored.Length];
        int done = 0;
        while (done < bytes.Length)
        {
            int read = RandomAccess.Read(_overflow!.SafeFileHandle, bytes.AsSpan(done), stored.Offset + done);
            if (read == 0)
                throw new EndOfStreamException("The temporary file is shorter than what was written to it.");
            done += read;
        }

        return bytes;
    }

    public void Dispose() => _overflow?.Dispose();

    private StoredBytes AppendToFile(Stream source, int length)
    {
        _overflow ??= ScratchFile.Create();
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        source.ReadExactly(bytes);
        var stored = new StoredBytes(-1, _overflow.Length, length);
        try
        {
            RandomAccess.Write(_overflow.SafeFileHandle, bytes, stored.Offset);
        }
        catch (IOException e)
        {
            throw ScratchFile.NoRoom(length, e);
        }

        return stored;
    }
}
