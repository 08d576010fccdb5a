using System.Buffers;

namespace Pictor.Server.Bodies;

/// <summary>A file of a request in a rented buffer that grows with what really arrives, never with what a header promises.</summary>
internal sealed class PooledBytes : IDisposable
{
    private const int FirstBuffer = 64 << 10;

    // The pool keeps what it lent for a minute and more; few bodies are longer than this, and those are the collector's.
    private const int LargestPooled = 4 << 20;

    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;

    private PooledBytes(BodyBudget budget) => _budget = budget;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>The whole stream, or null when it is longer than <paramref name="limit"/>.</summary>
    public static async Task<PooledBytes?> ReadAsync(Stream stream, long? expected, long limit, BodyBudget budget, CancellationToken cancellationToken)
    {
        limit = Math.Min(limit, Array.MaxLength - 1);
        var bytes = new PooledBytes(budget);
        try
        {
            // One byte more than expected, so that a full buffer and the end of the stream are told apart without growing.
            bytes.Grow((int)Math.Min(Math.Clamp((expected ?? 0) + 1, FirstBuffer, 1 << 20), limit + 1));
            while (true)
            {
                int read = await stream.ReadAsync(bytes._buffer.AsMemory(bytes._length), cancellationToken);
                if (read == 0)
                    return bytes;
                bytes._length += read;
                if (bytes._length > limit)
                {
                    bytes.Dispose();
                    return null;
                }

                if (bytes._length == bytes._buffer.Length)
                    bytes.Grow((int)Math.Min(2L * bytes._length, limit + 1));
            }
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0)
            return;
        _budget.GiveBack(_buffer.Length);
        Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow(int size)
    {
        byte[] larger = size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        try
        {
            _budget.Take(larger.Length);
        }
        catch
        {
            Return(larger);
            throw;
        }

        byte[] old = _buffer;
        old.AsSpan(0, _length).CopyTo(larger);
        _buffer = larger;
        if (old.Length > 0)
        {
            _budget.GiveBack(old.Length);
            Return(old);
        }
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestPooled)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
