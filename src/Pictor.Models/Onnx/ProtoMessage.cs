using System.Runtime.InteropServices;
using System.Text;

namespace Pictor.Models.Onnx;

/// <summary>
/// A protobuf message being put together: fields in the order they are added, so equal input gives equal bytes. Lengths are known
/// before anything is written, so bulk data (weights) is copied once, straight into the final array.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<Field> _fields = [];

    public long Length { get; private set; }

    public ProtoMessage Add(int number, long value) => Add(new Field(Key(number, 0), (ulong)value, null), VarintLength((ulong)value));

    public ProtoMessage Add(int number, float value) => Add(new Field(Key(number, 5), BitConverter.SingleToUInt32Bits(value), null), 4);

    public ProtoMessage Add(int number, string text) => AddBulk(number, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetByteCount(text));

    public ProtoMessage Add(int number, ProtoMessage message) => AddBulk(number, message, message.Length);

    /// <summary>Bytes as they are: a message that was written before, or text.</summary>
    public ProtoMessage Add(int number, byte[] bytes) => AddBulk(number, bytes, bytes.Length);

    /// <summary>Little-endian values as a byte field.</summary>
    public ProtoMessage Add(int number, float[] values) => AddBulk(number, values, 4L * values.Length);

    /// <summary>Little-endian values as a byte field.</summary>
    public ProtoMessage Add(int number, long[] values) => AddBulk(number, values, 8L * values.Length);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        int end = WriteTo(bytes);
        return end == bytes.Length ? bytes : throw new InvalidOperationException($"A message of {bytes.Length} bytes was written with {end}.");
    }

    private ProtoMessage AddBulk(int number, object payload, long length) =>
        Add(new Field(Key(number, 2), (ulong)length, payload), VarintLength((ulong)length) + length);

    private ProtoMessage Add(Field field, long length)
    {
        _fields.Add(field);
        Length += VarintLength(field.Key) + length;
        return this;
    }

    private int WriteTo(Span<byte> to)
    {
        int at = 0;
        foreach ((ulong key, ulong value, object? payload) in _fields)
        {
            at += WriteVarint(to[at..], key);
            if ((key & 7) == 5)
            {
                MemoryMarshal.Write(to[at..], (uint)value);
                at += 4;
                continue;
            }

            at += WriteVarint(to[at..], value);
            at += payload switch
            {
                null => 0,
                ProtoMessage message => message.WriteTo(to[at..]),
                byte[] bytes => Copy(bytes, to[at..]),
                float[] values => Copy(MemoryMarshal.AsBytes(values.AsSpan()), to[at..]),
                long[] values => Copy(MemoryMarshal.AsBytes(values.AsSpan()), to[at..]),
                _ => throw new InvalidOperationException($"No rule for {payload.GetType()}."),
            };
        }

        return at;
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static ulong Key(int number, int wireType) => ((ulong)number << 3) | (uint)wireType;

    private static int VarintLength(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
            length++;
        return length;
    }

    private static int WriteVarint(Span<byte> to, ulong value)
    {
        int at = 0;
        for (; value >= 0x80; value >>= 7)
            to[at++] = (byte)(value | 0x80);
        to[at++] = (byte)value;
        return at;
    }

    private readonly record struct Field(ulong Key, ulong Value, object? Payload);
}
