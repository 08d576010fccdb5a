using System.Xml;
using System.Xml.Linq;

namespace Pictor.Imaging;

/// <summary>
/// An XMP packet as XML, taken apart with care: no document type (so no entities to unfold), no deep nesting, no more than a few megabytes. Both what is read
/// from pictures and the sidecars that are written go through here.
/// </summary>
public static class XmpDocument
{
    /// <summary>Largest packet that is read, in bytes; keywords and captions take a few thousand. <value>4 MiB.</value></summary>
    public const int LargestPacket = 4 << 20;

    private const int DeepestNesting = 64, MostNodes = 200_000;

    /// <summary>The packet as a document.</summary>
    /// <param name="packet">A whole packet or a sidecar file.</param>
    /// <exception cref="XmlException">Not XML, or more of it than is read.</exception>
    public static XDocument Parse(ReadOnlyMemory<byte> packet)
    {
        byte[] bytes = Trimmed(packet.Span).ToArray();
        if (bytes.Length > LargestPacket)
            throw new XmlException($"it has {bytes.Length} bytes; at most {LargestPacket} are read");
        Measure(bytes);
        using XmlReader reader = Reader(bytes);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    // Loading builds a tree and walks it in depth: what is too deep or too much is refused before.
    private static void Measure(byte[] bytes)
    {
        using XmlReader reader = Reader(bytes);
        for (int nodes = 0; reader.Read(); nodes += 1 + reader.AttributeCount)
        {
            if (reader.Depth > DeepestNesting || nodes > MostNodes)
                throw new XmlException(reader.Depth > DeepestNesting ? $"it nests deeper than {DeepestNesting} levels" : $"it has more than {MostNodes} parts");
        }
    }

    private static XmlReader Reader(byte[] bytes) => XmlReader.Create(
        new MemoryStream(bytes, writable: false),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, CloseInput = true, MaxCharactersInDocument = LargestPacket });

    // Some writers fill up with zeros, and some put a blank line before the declaration.
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> packet) => packet.TrimEnd((byte)0).Trim(" \t\r\n"u8);
}
