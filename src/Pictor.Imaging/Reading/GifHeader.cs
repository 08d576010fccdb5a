using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the logical screen of a GIF file (GIF89a specification, section 18).</summary>
internal static class GifHeader
{
    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 13)
            throw Fault.Damaged(name, "the GIF file ends within its header");
        return new FileFacts(
            BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), Grey: false, Alpha: true, FileFacts.NoExif);
    }
}
