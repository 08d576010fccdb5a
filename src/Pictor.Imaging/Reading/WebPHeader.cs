using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Walks the RIFF chunks of a WebP file (RFC 9649) for its size, its EXIF block and its XMP packet.</summary>
internal static class WebPHeader
{
    // The lossless decoder keeps a picture of its own beside what it hands out.
    private const int Lossless = 4;

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 30)
            throw Fault.Damaged(name, "the WebP file ends within its header");
        FileFacts facts = Size(file[12..], name);
        int at = 12;
        while (at + 8 <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8)
                break;
            if (file.Slice(at, 4).SequenceEqual("ICCP"u8))
            {
                facts = facts with { Profile = true };
            }
            else if (file.Slice(at, 4).SequenceEqual("XMP "u8))
            {
                facts = facts with { Xmp = (at + 8)..(at + 8 + (int)length) };
            }
            else if (file.Slice(at, 4).SequenceEqual("EXIF"u8))
            {
                // Some writers keep the six bytes that introduce EXIF in JPEG.
                int skip = file[(at + 8)..].StartsWith("Exif\0\0"u8) && length > 6 ? 6 : 0;
                facts = facts with { Exif = (at + 8 + skip)..(at + 8 + (int)length) };
            }

            at += 8 + (int)(length + (length & 1));
        }

        return facts;
    }

    private static FileFacts Size(ReadOnlySpan<byte> chunk, string name)
    {
        ReadOnlySpan<byte> body = chunk[8..];
        if (chunk.StartsWith("VP8X"u8))
            return new FileFacts(1 + UInt24(body[4..]), 1 + UInt24(body[7..])) { Alpha = true, Held = Lossless };
        if (chunk.StartsWith("VP8L"u8) && body[0] == 0x2F)
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return new FileFacts(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF)) { Alpha = true, Held = Lossless };
        }

        if (chunk.StartsWith("VP8 "u8) && body[3] == 0x9D && body[4] == 0x01 && body[5] == 0x2A)
        {
            return new FileFacts(
                BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
        }

        throw Fault.Damaged(name, "the WebP file does not begin with a picture chunk");
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
