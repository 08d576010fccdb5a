using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the size of a GIF file's first frame (GIF89a specification, sections 18 and 20): the logical screen, enlarged where the frame leaves it.</summary>
internal static class GifHeader
{
    private const byte Extension = 0x21, Descriptor = 0x2C;

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 13)
            throw Fault.Damaged(name, "the GIF file ends within its header");
        int at = 13 + PaletteBytes(file[10]);
        while (at < file.Length && file[at] == Extension)
        {
            at += 2;
            while (at < file.Length && file[at] != 0)
                at += 1 + file[at];
            at++;
        }

        if (at + 10 > file.Length || file[at] != Descriptor)
            throw Fault.Damaged(name, "the GIF file holds no picture");
        ReadOnlySpan<byte> frame = file[(at + 1)..];
        return new FileFacts(
            Math.Max(UInt16(file[6..]), UInt16(frame) + UInt16(frame[4..])), Math.Max(UInt16(file[8..]), UInt16(frame[2..]) + UInt16(frame[6..])))
        {
            Alpha = true,
            Held = 1,
        };
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int PaletteBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
