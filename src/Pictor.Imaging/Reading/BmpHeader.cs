using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the size from either generation of bitmap headers.</summary>
internal static class BmpHeader
{
    private const uint RunLength8 = 1, RunLength4 = 2;

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 26)
            throw Fault.Damaged(name, "the bitmap ends within its header");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        if (size == 12)
        {
            return new FileFacts(BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), BinaryPrimitives.ReadUInt16LittleEndian(file[20..]));
        }

        if (file.Length < 34)
            throw Fault.Damaged(name, "the bitmap ends within its header");

        // A negative height means rows from the top.
        long width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        long height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        bool packed = BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is RunLength8 or RunLength4;

        // Rows are padded to whole 32-bit words; a file that cannot hold them lies or was cut off.
        if (!packed && size != 16 && width > 0 && ((width * bits) + 31) / 32 * 4 * height > file.Length)
            throw Fault.Truncated(name, PictureFormat.Bmp);
        return new FileFacts(width, height) { Alpha = true };
    }
}
