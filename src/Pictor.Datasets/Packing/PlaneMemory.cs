using System.IO.MemoryMappedFiles;

namespace Pictor.Datasets;

/// <summary>Room for many pictures of equal length: arrays, or a mapped temporary file that vanishes when closed.</summary>
internal abstract class PlaneMemory : IDisposable
{
    /// <summary>The bytes of one picture. Different slots may be written by different threads.</summary>
    public abstract Span<byte> this[int slot] { get; }

    public static PlaneMemory Create(int count, int length, long budget) =>
        count == 0 || (long)count * length <= budget ? new InMemory(count, length) : new Mapped(count, length);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class InMemory : PlaneMemory
    {
        private const int ChunkBytes = 64 << 20;
        private readonly byte[][] _chunks;
        private readonly int _length;
        private readonly int _perChunk;

        public InMemory(int count, int length)
        {
            _length = length;
            _perChunk = Math.Max(1, ChunkBytes / length);
            _chunks = new byte[(count + _perChunk - 1) / _perChunk][];
            for (int i = 0; i < _chunks.Length; i++)
                _chunks[i] = GC.AllocateUninitializedArray<byte>(Math.Min(_perChunk, count - (i * _perChunk)) * length);
        }

        public override Span<byte> this[int slot] => _chunks[slot / _perChunk].AsSpan(slot % _perChunk * _length, _length);
    }

    private sealed unsafe class Mapped : PlaneMemory
    {
        private readonly FileStream _stream;
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _start;
        private readonly int _length;

        public Mapped(int count, int length)
        {
            _length = length;
            _stream = ScratchFile.Create((long)count * length);
            _file = MemoryMappedFile.CreateFromFile(_stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _file.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }

        public override Span<byte> this[int slot] => new(_start + _view.PointerOffset + ((long)slot * _length), _length);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _file.Dispose();
                _stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
