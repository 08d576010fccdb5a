using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Pictor.Models.Composing;

/// <summary>One field of a message: a number (wire types 0, 1, 5) or bytes (2), which may be another message.</summary>
internal readonly record struct RawField(int Number, int Wire, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The message that the bytes are replaced by when it is written.</summary>
    public RawMessage? Message { get; init; }

    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}

/// <summary>A protobuf message as a list of fields that can be changed. What nobody touches, known or not, is written back as it was read.</summary>
internal sealed class RawMessage
{
    public List<RawField> Fields { get; } = [];

    /// <summary>The message that the bytes hold; they are not copied.</summary>
    /// <exception cref="FormatException">The bytes are no protobuf message.</exception>
    public static RawMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new RawMessage();
        ReadOnlySpan<byte> span = bytes.Span;
        int at = 0;
        while (at < span.Length)
        {
            ulong key = Varint(span, ref at);
            int number = key >> 3 is > 0 and <= int.MaxValue ? (int)(key >> 3) : throw new FormatException("a field has no number");
            int wire = (int)(key & 7), start = at;
            ulong value = 0;
            switch (wire)
            {
                case 0:
                    value = Varint(span, ref at);
                    break;
                case 1:
                    at = Skip(at, 8, span.Length);
                    value = BinaryPrimitives.ReadUInt64LittleEndian(span[start..]);
                    break;
                case 5:
                    at = Skip(at, 4, span.Length);
                    value = BinaryPrimitives.ReadUInt32LittleEndian(span[start..]);
                    break;
                case 2:
                    ulong length = Varint(span, ref at);
                    start = at;
                    at = Skip(at, length, span.Length);
                    message.Fields.Add(new RawField(number, wire, 0, bytes[start..at]));
                    continue;
                default:
                    throw new FormatException("a field has an unknown wire type");
            }

            message.Fields.Add(new RawField(number, wire, value, default));
        }

        return message;
    }

    public RawMessage Add(int number, long value) => Add(new RawField(number, 0, (ulong)value, default));

    public RawMessage Add(int number, float value) => Add(new RawField(number, 5, BitConverter.SingleToUInt32Bits(value), default));

    public RawMessage Add(int number, string text) => Add(number, Encoding.UTF8.GetBytes(text));

    public RawMessage Add(int number, ReadOnlyMemory<byte> bytes) => Add(new RawField(number, 2, 0, bytes));

    public RawMessage Add(int number, RawMessage message) => Add(new RawField(number, 2, 0, default) { Message = message });

    /// <summary>Little-endian values as a byte field.</summary>
    public RawMessage AddNumbers<T>(int number, ReadOnlySpan<T> values)
        where T : unmanaged => Add(number, (ReadOnlyMemory<byte>)MemoryMarshal.AsBytes(values).ToArray());

    public RawMessage Add(RawField field)
    {
        Fields.Add(field);
        return this;
    }

    /// <summary>The first field of that number as text; empty without one.</summary>
    public string Text(int number) => Fields.Find(field => field.Number == number) is { Number: > 0 } found ? found.Text : "";

    public long Length => Fields.Sum(FieldLength);

    /// <summary>The bytes of the message.</summary>
    /// <exception cref="InputException">More than the 2 GiB at which the format ends.</exception>
    public byte[] ToArray()
    {
        long length = Length;
        if (length > int.MaxValue - 64)
            throw new InputException("model.onnx", $"together the parts take {length >> 20} MiB, more than the 2 GiB that an ONNX file can hold", "Combine fewer or smaller models.") { Code = "network.too-large" };
        var bytes = new byte[length];
        int at = 0;
        Write(bytes, ref at);
        return bytes;
    }

    /// <summary>Numbers packed one after the other.</summary>
    public static List<long> Varints(ReadOnlySpan<byte> packed)
    {
        var numbers = new List<long>();
        for (int at = 0; at < packed.Length;)
            numbers.Add((long)Varint(packed, ref at));
        return numbers;
    }

    private void Write(Span<byte> to, ref int at)
    {
        foreach (RawField field in Fields)
        {
            Put(to, ref at, ((ulong)field.Number << 3) | (uint)field.Wire);
            switch (field.Wire)
            {
                case 0:
                    Put(to, ref at, field.Value);
                    break;
                case 1:
                    BinaryPrimitives.WriteUInt64LittleEndian(to[at..], field.Value);
                    at += 8;
                    break;
                case 5:
                    BinaryPrimitives.WriteUInt32LittleEndian(to[at..], (uint)field.Value);
                    at += 4;
                    break;
                case 2 when field.Message is { } message:
                    Put(to, ref at, (ulong)message.Length);
                    message.Write(to, ref at);
                    break;
                default:
                    Put(to, ref at, (ulong)field.Bytes.Length);
                    field.Bytes.Span.CopyTo(to[at..]);
                    at += field.Bytes.Length;
                    break;
            }
        }
    }

    private static long FieldLength(RawField field)
    {
        long content = field.Message?.Length ?? field.Bytes.Length;
        return VarintLength((ulong)field.Number << 3) + field.Wire switch
        {
            0 => VarintLength(field.Value),
            1 => 8,
            5 => 4,
            _ => VarintLength((ulong)content) + content,
        };
    }

    private static int Skip(int at, ulong length, int end) =>
        length <= (ulong)(end - at) ? at + (int)length : throw new FormatException("a field is longer than the message that holds it");

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte b = at < bytes.Length ? bytes[at++] : throw new FormatException("a field is longer than the message that holds it");
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return value;
        }

        throw new FormatException("a number has no end");
    }

    private static int VarintLength(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
            length++;
        return length;
    }

    private static void Put(Span<byte> to, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to[at++] = (byte)(value | 0x80);
        to[at++] = (byte)value;
    }
}
