using System.Buffers.Binary;
using System.Text;
using Pictor.Imaging;

namespace Pictor.Library.Tests.Importing;

/// <summary>XMP written by hand, so that reading is not tested against Pictor's own writing.</summary>
internal static class Xmp
{
    internal static string Packet(string[] subject, string[]? hierarchy = null, string? description = null, int? rating = null, string more = "") => $"""
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="by hand">
          <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"{(rating is null ? "" : $" xmp:Rating=\"{rating}\"")}>
              {List("dc:subject", subject)}{List("lr:hierarchicalSubject", hierarchy ?? [])}{(description is null ? "" : $"<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{description}</rdf:li></rdf:Alt></dc:description>")}{more}
            </rdf:Description>
          </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>
        """;

    internal static byte[] Jpeg(int seed, string? packet = null)
    {
        var random = new Random(seed);
        byte[] data = new byte[64 * 48 * 3];
        random.NextBytes(data);
        byte[] jpeg = PictureWriter.Jpeg(new Pixels(64, 48, 3, data));
        if (packet is null)
            return jpeg;
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(packet)];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private static string List(string name, string[] values) =>
        values.Length == 0 ? "" : $"<{name}><rdf:Bag>{string.Concat(values.Select(v => $"<rdf:li>{v}</rdf:li>"))}</rdf:Bag></{name}>";
}
