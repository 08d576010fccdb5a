using System.Globalization;

namespace Pictor.Datasets.Files;

/// <summary>Counts what comes out of a decompressor and stops when it is out of proportion to what went in.</summary>
internal sealed class GuardedStream(Stream inner, string name, long packedBytes, CancellationToken cancellationToken) : Stream
{
    private long _total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read = inner.Read(buffer);
        _total += read;
        ArchiveLimits.Check(name, packedBytes, _total);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What an archive may unpack to: pictures are packed already, so an archive that grows two hundredfold holds something else.</summary>
internal static class ArchiveLimits
{
    /// <summary>Below this much, no ratio is too high.</summary>
    public const long FreeBytes = 1L << 30;

    /// <summary>Unpacked bytes per packed byte.</summary>
    public const int MaxExpansion = 200;

    /// <exception cref="InputException">The archive is a bomb.</exception>
    public static void Check(string name, long packedBytes, long unpackedBytes)
    {
        if (unpackedBytes > FreeBytes && unpackedBytes / MaxExpansion > packedBytes)
        {
            throw new InputException(name, string.Create(CultureInfo.InvariantCulture, $"Its {packedBytes} bytes unpack to {unpackedBytes} and more, which pictures do not"),
                "If the archive is meant to be so, unpack it and give the folder.")
            { Code = "data.archive-bomb" };
        }
    }
}
