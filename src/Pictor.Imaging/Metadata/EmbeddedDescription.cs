using System.IO.Compression;
using System.Xml;

namespace Pictor.Imaging;

/// <summary>What is written inside a picture's file: XMP, and IPTC for what XMP leaves open; the keywords of both.</summary>
internal static class EmbeddedDescription
{
    internal static DescriptiveMetadata Read(ReadOnlyMemory<byte> file, FileFacts facts)
    {
        DescriptiveMetadata xmp = Xmp(file[facts.Xmp], facts.XmpIsDeflated), iptc = IptcReader.Read(file.Span[facts.Iptc]);
        if (iptc.IsEmpty)
            return xmp;

        // IPTC cuts words at 64 bytes; the whole one stands in XMP.
        IEnumerable<Keyword> more = iptc.Keywords.Where(word => !xmp.Keywords.Any(known => known.Word.Equals(word.Word, StringComparison.OrdinalIgnoreCase)
            || (word.Word.Length > 15 && known.Word.StartsWith(word.Word, StringComparison.OrdinalIgnoreCase))));
        return new DescriptiveMetadata
        {
            Keywords = [.. xmp.Keywords, .. more],
            Title = xmp.Title ?? iptc.Title,
            Description = xmp.Description ?? iptc.Description,
            Rating = xmp.Rating,
        };
    }

    private static DescriptiveMetadata Xmp(ReadOnlyMemory<byte> packet, bool deflated)
    {
        try
        {
            return packet.IsEmpty ? DescriptiveMetadata.None : XmpReader.Read(deflated ? Inflated(packet) : packet);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            return DescriptiveMetadata.None;
        }
    }

    // A bomb is cut at the largest packet; what is left of it is no XML.
    private static ReadOnlyMemory<byte> Inflated(ReadOnlyMemory<byte> packed)
    {
        using var stream = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        byte[] bytes = new byte[XmpDocument.LargestPacket];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsMemory(0, length);
    }
}
