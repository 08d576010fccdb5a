using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>Finds the IPTC record among the image resources that JPEG files keep in segment APP13 (Adobe Photoshop file formats, "Image resources").</summary>
internal static class PhotoshopResources
{
    private const ushort IptcRecord = 0x0404;

    /// <returns>Start and length within the segment; start 0 when there is none.</returns>
    internal static (int Start, int Length) Iptc(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Photoshop 3.0\0"u8))
            return default;
        int at = 14;
        while (at + 12 <= segment.Length && segment[at..].StartsWith("8BIM"u8))
        {
            ushort id = BinaryPrimitives.ReadUInt16BigEndian(segment[(at + 4)..]);

            // A name with its length before it, filled up to an even number of bytes.
            at += 6 + ((segment[at + 6] + 2) & ~1);
            if (at + 4 > segment.Length)
                return default;
            uint length = BinaryPrimitives.ReadUInt32BigEndian(segment[at..]);
            at += 4;
            if (length > segment.Length - at)
                return default;
            if (id == IptcRecord)
                return (at, (int)length);
            at += (int)((length + 1) & ~1u);
        }

        return default;
    }
}
