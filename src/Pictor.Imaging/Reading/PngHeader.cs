using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the header chunk of a PNG file and looks for its EXIF block (W3C PNG, third edition).</summary>
internal static class PngHeader
{
    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 33 || !file.Slice(12, 4).SequenceEqual("IHDR"u8) || BinaryPrimitives.ReadUInt32BigEndian(file[8..]) != 13)
            throw Fault.Damaged(name, "the PNG file does not begin with a whole header chunk");
        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        long height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        byte colour = file[25];
        bool alpha = colour is 4 or 6;
        Range exif = FileFacts.NoExif;
        int at = 33;
        while (at + 12 <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> kind = file.Slice(at + 4, 4);
            if (length > file.Length - at - 12 || kind.SequenceEqual("IEND"u8))
                break;
            if (kind.SequenceEqual("tRNS"u8))
                alpha = true;
            else if (kind.SequenceEqual("eXIf"u8))
                exif = (at + 8)..(at + 8 + (int)length);
            at += 12 + (int)length;
        }

        return new FileFacts(width, height, colour is 0 or 4, alpha, exif);
    }
}
