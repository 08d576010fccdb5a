using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Reads the header chunk of a PNG file and looks for its EXIF block (W3C PNG, third edition).</summary>
internal static class PngHeader
{
    // Deflate codes at most 258 bytes in two bits.
    private const int LargestRatio = 1032;

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name, long limit)
    {
        if (file.Length < 33 || !file.Slice(12, 4).SequenceEqual("IHDR"u8) || BinaryPrimitives.ReadUInt32BigEndian(file[8..]) != 13)
            throw Fault.Damaged(name, "the PNG file does not begin with a whole header chunk");
        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        long height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        byte colour = file[25];
        bool alpha = colour is 4 or 6;
        bool profile = false;
        Range exif = default, xmp = default;
        bool deflated = false;
        long data = 0;
        int at = 33;
        while (at + 12 <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> kind = file.Slice(at + 4, 4);
            if (kind.SequenceEqual("IEND"u8))
                break;
            if (length > file.Length - at - 12)
            {
                // The last data may still hold every pixel: the decoder will tell.
                if (kind.SequenceEqual("IDAT"u8))
                    data += file.Length - at - 8;
                if (data == 0)
                    throw Fault.Damaged(name, "the PNG file ends within a chunk, or a chunk's length is not valid");
                break;
            }

            if (kind.SequenceEqual("IDAT"u8))
                data += length;
            else if (kind.SequenceEqual("tRNS"u8))
                alpha = true;
            else if (kind.SequenceEqual("iCCP"u8))
                profile = true;
            else if (kind.SequenceEqual("eXIf"u8))
                exif = (at + 8)..(at + 8 + (int)length);
            else if (kind.SequenceEqual("iTXt"u8) && xmp.Equals(default) && Xmp(file.Slice(at + 8, (int)length), out deflated) is > 0 and var start)
                xmp = (at + 8 + start)..(at + 8 + (int)length);
            at += 12 + (int)length;
        }

        // A header that promises more than its data can unfold to lies, or the file was cut off; too large ones are the guard's to refuse.
        long row = (width * file[24] * (colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }) / 8) + 1;
        if (width is > 0 and <= Guard.LongestSide && height is > 0 and <= Guard.LongestSide && width * height <= limit && row * height > (data * LargestRatio) + 64)
            throw Fault.Truncated(name, PictureFormat.Png);
        return new FileFacts(width, height) { Grey = colour is 0 or 4, Alpha = alpha, Profile = profile, Exif = exif, Xmp = xmp, XmpIsDeflated = deflated };
    }

    // Keyword, flag of compression, its method, language and translated keyword (both end with a zero), text.
    private static int Xmp(ReadOnlySpan<byte> chunk, out bool deflated)
    {
        ReadOnlySpan<byte> name = "XML:com.adobe.xmp\0"u8;
        deflated = false;
        if (!chunk.StartsWith(name) || chunk.Length < name.Length + 4)
            return 0;
        deflated = chunk[name.Length] == 1;
        int language = chunk[(name.Length + 2)..].IndexOf((byte)0);
        int translated = language < 0 ? -1 : chunk[(name.Length + 3 + language)..].IndexOf((byte)0);
        return translated < 0 ? 0 : name.Length + 4 + language + translated;
    }
}
