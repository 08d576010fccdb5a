using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the size from either generation of bitmap headers.</summary>
internal static class BmpHeader
{
    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 26)
            throw Fault.Damaged(name, "the bitmap ends within its header");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        if (size == 12)
        {
            return new FileFacts(
                BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), BinaryPrimitives.ReadUInt16LittleEndian(file[20..]), Grey: false, Alpha: false, FileFacts.NoExif);
        }

        // A negative height means rows from the top.
        return new FileFacts(
            BinaryPrimitives.ReadInt32LittleEndian(file[18..]),
            Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])),
            Grey: false,
            Alpha: true,
            FileFacts.NoExif);
    }
}
