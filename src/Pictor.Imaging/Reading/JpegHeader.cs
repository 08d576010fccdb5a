using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Walks the marker segments of a JPEG file up to its first scan (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        Range exif = default, xmp = default, iptc = default;
        bool profile = false;
        FileFacts? frame = null;
        int at = 2;
        while (true)
        {
            while (at < file.Length && file[at] != 0xFF)
                at++;
            while (at < file.Length && file[at] == 0xFF)
                at++;
            if (at >= file.Length)
                throw Fault.Damaged(name, "the JPEG file ends within its header");
            byte marker = file[at++];
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8))
                continue;
            if (marker == 0xD9)
                throw Fault.Damaged(name, "the JPEG file holds no picture");
            if (at + 2 > file.Length)
                throw Fault.Damaged(name, "the JPEG file ends within its header");
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || at + length > file.Length)
                throw Fault.Damaged(name, "the JPEG file ends within its header");
            ReadOnlySpan<byte> body = file.Slice(at + 2, length - 2);
            if (marker == 0xDA)
                break;
            if (IsFrame(marker))
                frame = Frame(marker, body, name);
            else if (marker == 0xE1 && body.StartsWith("Exif\0"u8) && body.Length > 6 && exif.Equals(default))
                exif = (at + 8)..(at + length);
            else if (marker == 0xE1 && body.StartsWith(XmpName) && xmp.Equals(default))
                xmp = (at + 2 + XmpName.Length)..(at + length);
            else if (marker == 0xED && iptc.Equals(default) && PhotoshopResources.Iptc(body) is ( > 0 and var start, var size))
                iptc = (at + 2 + start)..(at + 2 + start + size);
            else if (marker == 0xE2 && body.StartsWith("ICC_PROFILE\0"u8))
                profile = true;
            at += length;
        }

        return frame is { } facts
            ? facts with { Profile = profile, Exif = exif, Xmp = xmp, Iptc = iptc }
            : throw Fault.Damaged(name, "the JPEG file has no frame header before its first scan");
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static FileFacts Frame(byte marker, ReadOnlySpan<byte> body, string name)
    {
        if (body.Length < 6)
            throw Fault.Damaged(name, "the JPEG frame header is too short");
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw Fault.Unsupported(name, "the JPEG file is lossless, hierarchical or arithmetic-coded");
        if (body[0] != 8)
            throw Fault.Unsupported(name, $"the JPEG file has {body[0]} bits per sample; 8 are read");
        int components = body[5];
        if (components is not (1 or 3 or 4) || body.Length < 6 + (3 * components))
            throw Fault.Damaged(name, $"the JPEG frame header names {components} components; 1, 3 or 4 are expected");
        return new FileFacts(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]))
        {
            Grey = components == 1,
            ByRows = true,

            // A progressive picture is refined scan by scan, so all its coefficients (16 bits each) are held.
            Held = marker == 0xC2 ? CoefficientBytes(body[6..], components) : 0,
        };
    }

    // Components may be stored at a fraction of the full resolution; the largest sampling factors stand for full.
    private static int CoefficientBytes(ReadOnlySpan<byte> components, int count)
    {
        int full = 1, stored = 0;
        for (int i = 0; i < count; i++)
        {
            int factors = (components[(3 * i) + 1] >> 4) * (components[(3 * i) + 1] & 15);
            full = Math.Max(full, factors);
            stored += factors;
        }

        return Math.Min(2 * count, ((2 * stored) + full - 1) / full);
    }
}
