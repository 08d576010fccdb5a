using System.Buffers.Binary;
using System.Text;

namespace Pictor.Models.Onnx;

/// <summary>Walks over the fields of one protobuf message without copying. Bytes from an unknown hand: every length is checked.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>Value of a whole-number field; 0 for others.</summary>
    public ulong Value { get; private set; }

    /// <summary>Content of a message, text or byte field; empty for others.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Moves to the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are no protobuf message.</exception>
    public bool Next()
    {
        if (_at == _message.Length)
            return false;
        ulong key = Varint();
        Number = key >> 3 is > 0 and <= int.MaxValue ? (int)(key >> 3) : throw new FormatException("a field has no number");
        Value = 0;
        Content = default;
        switch (key & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                Value = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Content = Take(Varint());
                break;
            case 5:
                Value = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException("a field has an unknown wire type");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _at))
            throw new FormatException("a field is longer than the message that holds it");
        _at += (int)length;
        return _message.Slice(_at - (int)length, (int)length);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte b = Take(1)[0];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return value;
        }

        throw new FormatException("a number has no end");
    }
}
