using System.Xml.Linq;

namespace Pictor.Imaging;

/// <summary>The names in XMP that Pictor reads and writes (ISO 16684-1, and the programs that made the others).</summary>
public static class XmpNames
{
    /// <summary>rdf.</summary>
    public static XNamespace Rdf { get; } = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>x, the outermost element.</summary>
    public static XNamespace Meta { get; } = "adobe:ns:meta/";

    /// <summary>Dublin Core.</summary>
    public static XNamespace DublinCore { get; } = "http://purl.org/dc/elements/1.1/";

    /// <summary>xmp.</summary>
    public static XNamespace Basic { get; } = "http://ns.adobe.com/xap/1.0/";

    /// <summary>Lightroom.</summary>
    public static XNamespace Lightroom { get; } = "http://ns.adobe.com/lightroom/1.0/";

    /// <summary>digiKam.</summary>
    public static XNamespace DigiKam { get; } = "http://www.digikam.org/ns/1.0/";

    /// <summary>Windows.</summary>
    public static XNamespace Microsoft { get; } = "http://ns.microsoft.com/photo/1.0/";

    /// <summary>Pictor's own: what it marks as said by a model.</summary>
    public static XNamespace Pictor { get; } = "urn:pictor:xmp:1.0/";

    /// <summary>Flat keywords.</summary>
    public static XName Subject { get; } = DublinCore + "subject";

    /// <summary>A sentence, in several languages.</summary>
    public static XName Description { get; } = DublinCore + "description";

    /// <summary>A name, in several languages.</summary>
    public static XName Title { get; } = DublinCore + "title";

    /// <summary>Stars.</summary>
    public static XName Rating { get; } = Basic + "Rating";

    /// <summary>Paths divided by '|'.</summary>
    public static XName HierarchicalSubject { get; } = Lightroom + "hierarchicalSubject";

    /// <summary>Paths divided by '/'.</summary>
    public static XName TagsList { get; } = DigiKam + "TagsList";

    /// <summary>Flat keywords, as Windows keeps them.</summary>
    public static XName LastKeyword { get; } = Microsoft + "LastKeywordXMP";

    /// <summary>Those of the keywords that a model gave and no person confirmed: Pictor does not read them back as a person's.</summary>
    public static XName ModelTags { get; } = Pictor + "modelTags";
}
