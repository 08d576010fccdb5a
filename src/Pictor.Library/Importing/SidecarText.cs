using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Pictor.Imaging;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Importing;

/// <summary>
/// A sidecar as XML: read, changed in as few places as possible, written. What Pictor does not know stays as it is, down to the blanks. Keywords go into the three lists that
/// programs read: dc:subject (all), lr:hierarchicalSubject (Adobe) and digiKam:TagsList.
/// </summary>
internal sealed class SidecarText
{
    private const string Empty = """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about=""
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
            xmlns:digiKam="http://www.digikam.org/ns/1.0/">
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>
        """;

    private static readonly (XName Name, string Prefix, string List, char Divider)[] s_lists =
    [
        (XmpNames.Subject, "dc", "Bag", '\0'),
        (XmpNames.HierarchicalSubject, "lr", "Bag", '|'),
        (XmpNames.TagsList, "digiKam", "Seq", '/'),
    ];

    private readonly XDocument _document;
    private readonly List<XElement> _descriptions;
    private bool _changed;

    private SidecarText(XDocument document)
    {
        _document = document;
        _descriptions = [.. XmpReader.DescriptionsOf(document)];
        if (_descriptions.Count == 0)
            throw new XmlException("it describes nothing (there is no rdf:Description)");
    }

    /// <summary>What the sidecar said before it was changed.</summary>
    internal IReadOnlyList<string> Words => [.. XmpReader.Values(_descriptions, XmpNames.Subject)];

    internal DescriptiveMetadata Said => XmpReader.Read(_document);

    /// <param name="existing">The file, or null for a new one.</param>
    /// <exception cref="XmlException">It is not XMP.</exception>
    internal static SidecarText Of(byte[]? existing) => new(XmpDocument.Parse(existing ?? Encoding.UTF8.GetBytes(Empty)));

    /// <summary>Puts words into the lists where they are not there yet.</summary>
    internal void Add(IReadOnlyList<SidecarWord> words)
    {
        foreach ((XName name, string prefix, string list, char divider) in s_lists)
        {
            string[] there = [.. XmpReader.Values(_descriptions, name).Select(TextKey.Of)];
            foreach (string entry in Entries(words, divider).Where(e => !there.Contains(TextKey.Of(e), StringComparer.Ordinal)))
                Append(name, prefix, list, entry);
        }

        // Windows' own list is kept up to date where there is one.
        if (_descriptions.Exists(d => d.Element(XmpNames.LastKeyword) is not null))
        {
            string[] there = [.. XmpReader.Values(_descriptions, XmpNames.LastKeyword).Select(TextKey.Of)];
            foreach (SidecarWord word in words.Where(w => !there.Contains(TextKey.Of(w.Word), StringComparer.Ordinal)))
                Append(XmpNames.LastKeyword, "MicrosoftPhoto", "Bag", word.Word);
        }
    }

    /// <summary>Takes words out of all lists, and paths that end in them.</summary>
    internal void Remove(IReadOnlySet<string> keys)
    {
        if (keys.Count == 0)
            return;
        foreach (XElement item in _descriptions.SelectMany(d => s_lists.Select(l => l.Name).Append(XmpNames.LastKeyword).SelectMany(name => d.Elements(name)).SelectMany(p => p.Elements().Elements(XmpNames.Rdf + "li"))).ToList())
        {
            char divider = item.Parent!.Parent!.Name == XmpNames.TagsList ? '/' : item.Parent.Parent.Name == XmpNames.HierarchicalSubject ? '|' : '\0';
            string leaf = divider == '\0' ? item.Value : item.Value.Split(divider)[^1];
            if (keys.Contains(TextKey.Of(item.Value)) || keys.Contains(TextKey.Of(leaf)))
                RemoveWithBlanks(item);
        }
    }

    /// <summary>Says which of the keywords are a model's.</summary>
    internal void MarkModels(IReadOnlyList<string> words)
    {
        if (XmpReader.Values(_descriptions, XmpNames.ModelTags).Select(TextKey.Of).ToHashSet(StringComparer.Ordinal).SetEquals(words.Select(TextKey.Of)))
            return;
        foreach (XElement old in _descriptions.SelectMany(d => d.Elements(XmpNames.ModelTags)).ToList())
            RemoveWithBlanks(old);
        foreach (string word in words)
            Append(XmpNames.ModelTags, "pictor", "Bag", word);
    }

    internal void Describe(string text)
    {
        foreach (XAttribute old in _descriptions.Attributes(XmpNames.Description).ToList())
            old.Remove();
        XElement? standard = _descriptions.SelectMany(d => d.Elements(XmpNames.Description)).SelectMany(p => p.Elements().Elements(XmpNames.Rdf + "li"))
            .FirstOrDefault(li => (string?)li.Attribute(XNamespace.Xml + "lang") == "x-default");
        if (standard is null)
        {
            foreach (XElement lone in _descriptions.SelectMany(d => d.Elements(XmpNames.Description)).Where(p => !p.HasElements).ToList())
                RemoveWithBlanks(lone);
            standard = Append(XmpNames.Description, "dc", "Alt", "", new XAttribute(XNamespace.Xml + "lang", "x-default"));
        }

        standard.Value = text;
        _changed = true;
    }

    internal void Rate(int stars)
    {
        string text = stars.ToString(CultureInfo.InvariantCulture);
        if (_descriptions.Attributes(XmpNames.Rating).FirstOrDefault() is { } attribute)
            attribute.Value = text;
        else if (_descriptions.SelectMany(d => d.Elements(XmpNames.Rating)).FirstOrDefault() is { } element)
            element.Value = text;
        else
            Declare(XmpNames.Rating, "xmp").SetAttributeValue(XmpNames.Rating, text);
        _changed = true;
    }

    /// <summary>The file as it is now; null when nothing was changed.</summary>
    internal byte[]? ToBytes()
    {
        if (!_changed)
            return null;
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = _document.Declaration is null,
            Indent = false,
            NewLineHandling = NewLineHandling.None,
            CheckCharacters = false,
        };
        if (_document.Declaration is { } declaration)
            declaration.Encoding = "UTF-8";
        using (var writer = XmlWriter.Create(stream, settings))
            _document.Save(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    // In a list of paths a word that holds the divider would be taken for a path, so it stays out; words that a longer path brings along need no entry.
    private static IEnumerable<string> Entries(IReadOnlyList<SidecarWord> words, char divider)
    {
        if (divider == '\0')
            return words.Select(w => w.Word);
        return words.Where(w => w.Path is null ? !w.Word.Contains(divider, StringComparison.Ordinal) : divider == '|' || !w.Path.Contains(divider, StringComparison.Ordinal))
            .Where(w => !words.Any(other => other.Path?.StartsWith((w.Path ?? w.Word) + '|', StringComparison.OrdinalIgnoreCase) == true))
            .Select(w => w.Path?.Replace('|', divider) ?? w.Word);
    }

    private XElement Append(XName name, string prefix, string list, string value, XAttribute? attribute = null)
    {
        XElement? property = _descriptions.SelectMany(d => d.Elements(name)).FirstOrDefault();
        if (property is null)
        {
            XElement description = Declare(name, prefix);
            property = new XElement(name);
            AddIndented(description, property, "   ");
        }

        XElement? container = property.Elements().FirstOrDefault(e => e.Name.Namespace == XmpNames.Rdf && e.Name.LocalName is "Bag" or "Seq" or "Alt");
        if (container is null)
        {
            // A lone value becomes the first of the list.
            string lone = property.Value.Trim();
            property.RemoveNodes();
            container = new XElement(XmpNames.Rdf + list);
            AddIndented(property, container, "    ");
            if (lone.Length > 0)
                AddIndented(container, new XElement(XmpNames.Rdf + "li", lone), "     ");
        }

        var item = new XElement(XmpNames.Rdf + "li", attribute, value);
        AddIndented(container, item, "     ");
        _changed = true;
        return item;
    }

    // Behind the last element, in front of the blanks before the closing tag.
    private static void AddIndented(XElement parent, XElement child, string indent)
    {
        if (parent.Elements().LastOrDefault() is { } last)
            last.AddAfterSelf(last.PreviousNode is XText before && string.IsNullOrWhiteSpace(before.Value) ? new XText(before.Value) : new XText("\n" + indent), child);
        else
            parent.ReplaceNodes(new XText("\n" + indent), child, new XText("\n" + indent[..^1]));
    }

    private void RemoveWithBlanks(XElement element)
    {
        if (element.PreviousNode is XText before && string.IsNullOrWhiteSpace(before.Value))
            before.Remove();
        element.Remove();
        _changed = true;
    }

    private XElement Declare(XName name, string prefix)
    {
        XElement description = _descriptions[0];
        if (description.GetPrefixOfNamespace(name.Namespace) is null && description.GetNamespaceOfPrefix(prefix) is null)
            description.SetAttributeValue(XNamespace.Xmlns + prefix, name.NamespaceName);
        return description;
    }
}
