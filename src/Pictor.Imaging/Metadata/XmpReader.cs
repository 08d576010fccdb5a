using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Pictor.Imaging;

/// <summary>Keywords, title, description and rating of an XMP packet. A property may be an element or an attribute, a list or a lone value: all are met in the wild.</summary>
public static class XmpReader
{
    private const int MostValues = 4000;

    /// <summary>Reads a packet or a sidecar.</summary>
    /// <param name="packet">Its bytes.</param>
    /// <exception cref="XmlException">Not XML, or no XMP in it.</exception>
    public static DescriptiveMetadata Read(ReadOnlyMemory<byte> packet)
    {
        XDocument document = XmpDocument.Parse(packet);
        return Read(document);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="document">From <see cref="XmpDocument.Parse"/>.</param>
    /// <exception cref="XmlException">No XMP in it.</exception>
    public static DescriptiveMetadata Read(XDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        XElement[] descriptions = [.. DescriptionsOf(document)];
        HashSet<string> byModel = new(Values(descriptions, XmpNames.ModelTags), StringComparer.OrdinalIgnoreCase);
        var words = new KeywordList();
        foreach (string word in Values(descriptions, XmpNames.Subject).Concat(Values(descriptions, XmpNames.LastKeyword)))
            words.AddWord(word);
        foreach (string path in Values(descriptions, XmpNames.HierarchicalSubject))
            words.AddPath(path, '|');
        foreach (string path in Values(descriptions, XmpNames.TagsList))
            words.AddPath(path, '/');
        return new DescriptiveMetadata
        {
            Keywords = [.. words.ToKeywords().Where(k => !byModel.Contains(k.Word))],
            Title = KeywordList.Clean(Language(descriptions, XmpNames.Title), KeywordList.LongestText),
            Description = KeywordList.Clean(Language(descriptions, XmpNames.Description), KeywordList.LongestText),
            Rating = RatingOf(Values(descriptions, XmpNames.Rating).FirstOrDefault()),
        };
    }

    /// <summary>The elements rdf:Description that hold the picture's properties.</summary>
    /// <param name="document">The packet.</param>
    /// <exception cref="XmlException">There is no rdf:RDF.</exception>
    public static IEnumerable<XElement> DescriptionsOf(XDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        XElement root = document.Root is { } outer && outer.Name == XmpNames.Rdf + "RDF" ? outer
            : document.Root?.Element(XmpNames.Rdf + "RDF") ?? throw new XmlException("it holds no XMP (there is no rdf:RDF)");
        return root.Elements(XmpNames.Rdf + "Description");
    }

    /// <summary>All values of a property, in order.</summary>
    /// <param name="descriptions">From <see cref="DescriptionsOf"/>.</param>
    /// <param name="name">The property.</param>
    public static IEnumerable<string> Values(IEnumerable<XElement> descriptions, XName name)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        return descriptions.SelectMany(d => d.Elements(name).SelectMany(Items).Select(item => item.Value).Concat(d.Attributes(name).Select(a => a.Value))).Take(MostValues);
    }

    // The default language, else English, else whatever comes first.
    private static string? Language(XElement[] descriptions, XName name)
    {
        XElement[] items = [.. descriptions.SelectMany(d => d.Elements(name).SelectMany(Items)).Take(MostValues).Where(i => !string.IsNullOrWhiteSpace(i.Value))];
        return (Array.Find(items, i => LanguageOf(i) == "x-default") ?? Array.Find(items, i => LanguageOf(i).StartsWith("en", StringComparison.Ordinal)) ?? items.FirstOrDefault())?.Value
            ?? descriptions.Attributes(name).FirstOrDefault()?.Value;
    }

    private static string LanguageOf(XElement item) => item.Attribute(XNamespace.Xml + "lang")?.Value.ToLowerInvariant() ?? "";

    private static IEnumerable<XElement> Items(XElement property)
    {
        XElement? list = property.Elements().FirstOrDefault(e => e.Name == XmpNames.Rdf + "Bag" || e.Name == XmpNames.Rdf + "Seq" || e.Name == XmpNames.Rdf + "Alt");
        return list is null ? [property] : list.Elements(XmpNames.Rdf + "li");
    }

    // -1 is how some programs mark what is to be thrown away: no number of stars.
    private static int? RatingOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double stars) && stars is >= 0 and <= 5 ? (int)Math.Round(stars, MidpointRounding.AwayFromZero) : null;
}
