using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Boxes of the ISO base media file format (ISO 14496-12, 4.2): a length, a kind, a body.</summary>
internal static class BoxReader
{
    private const int MostBoxes = 10_000;

    internal static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    internal static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    internal static bool Is(ReadOnlySpan<byte> box, ReadOnlySpan<byte> kind) => box.Length >= 8 && box[4..8].SequenceEqual(kind);

    /// <summary>A box whose body begins with a version and flags, without these.</summary>
    internal static Range AfterVersion(Range body) => Math.Min(body.Start.Value + 4, body.End.Value)..body.End.Value;

    /// <summary>The body of the first box of a kind.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> file, Range inside, ReadOnlySpan<byte> kind, out Range body)
    {
        foreach (Range box in Children(file, inside))
        {
            if (Is(file[box], kind))
            {
                // A length of one means that the real one, of 64 bits, follows.
                body = (box.Start.Value + (UInt32(file[box]) == 1 ? 16 : 8))..box.End.Value;
                return true;
            }
        }

        body = default;
        return false;
    }

    /// <summary>The boxes inside a range, heads included. The first that does not fit ends the list.</summary>
    internal static List<Range> Children(ReadOnlySpan<byte> file, Range inside)
    {
        var boxes = new List<Range>();
        (int at, int left) = inside.GetOffsetAndLength(file.Length);
        int end = at + left;
        while (end - at >= 8 && boxes.Count < MostBoxes)
        {
            long length = UInt32(file[at..]), head = 8;
            if (length == 1 && end - at >= 16)
                (length, head) = ((long)BinaryPrimitives.ReadUInt64BigEndian(file[(at + 8)..]), 16);
            else if (length == 0)
                length = end - at;
            if (length < head || length > end - at)
                break;
            boxes.Add(at..(at + (int)length));
            at += (int)length;
        }

        return boxes;
    }
}
