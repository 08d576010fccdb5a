using BitMiracle.LibTiff.Classic;

namespace Pictor.Imaging;

/// <summary>The caller's bytes as the TIFF library wants to see them: read-only, seekable, with no copy.</summary>
internal sealed class MemoryTiffStream(ReadOnlyMemory<byte> file) : TiffStream
{
    private long _at;

    public override int Read(object clientData, byte[] buffer, int offset, int count)
    {
        int n = (int)Math.Clamp(file.Length - _at, 0, count);
        if (n > 0)
            file.Span.Slice((int)_at, n).CopyTo(buffer.AsSpan(offset));
        _at += n;
        return n;
    }

    public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException("Pictures are only read.");

    public override long Seek(object clientData, long offset, SeekOrigin origin)
    {
        long at = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _at + offset, _ => file.Length + offset };
        if (at < 0)
            return -1;
        return _at = at;
    }

    public override void Close(object clientData)
    {
    }

    public override long Size(object clientData) => file.Length;
}
