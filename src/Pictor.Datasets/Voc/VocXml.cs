using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Voc;

/// <summary>One annotation of Pascal VOC: the picture's name and size, its objects. Read without DTD, entities or anything from outside.</summary>
internal sealed record VocXml(string? FileName, (double Width, double Height)? Size, IReadOnlyList<DraftBox> Boxes, IReadOnlyList<string> Classes)
{
    private const long MaxCharacters = 64L << 20;

    /// <exception cref="InputException">It is no XML, or an object lacks its name or its numbers.</exception>
    public static VocXml Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), settings);
            return Of(XElement.Load(reader), name);
        }
        catch (XmlException e)
        {
            throw new InputException(name, $"It is no XML that Pictor reads ({e.Message.TrimEnd('.')})", "Write the annotation anew.", e);
        }
    }

    private static VocXml Of(XElement root, string name)
    {
        if (root.Name.LocalName is not "annotation")
            throw new InputException(name, $"Its root is <{root.Name.LocalName}> and should be <annotation>", "Take it out of Annotations.");
        var boxes = new List<DraftBox>();
        var classes = new List<string>();
        foreach (XElement item in root.Elements("object"))
        {
            string? label = item.Element("name")?.Value.Trim();
            if (string.IsNullOrEmpty(label))
                throw new InputException(name, "An <object> has no <name>", "Give it one.");
            classes.Add(label);
            if (item.Element("bndbox") is not { } box)
                continue;
            double? left = Number(box, "xmin"), top = Number(box, "ymin"), right = Number(box, "xmax"), bottom = Number(box, "ymax");
            if (left is null || top is null || right is null || bottom is null)
                throw new InputException(name, $"The <bndbox> of '{label}' lacks a number among xmin, ymin, xmax and ymax", "Correct it.");

            // Pixels count from 1, both ends included (devkit 2012, section 2.2): 1..W is the whole width. Tools that count from 0 write 0.
            double x = Math.Max(0, left.Value - 1), y = Math.Max(0, top.Value - 1);
            boxes.Add(new DraftBox(label, x, y, right.Value - x, bottom.Value - y));
        }

        XElement? size = root.Element("size");
        return new VocXml(
            root.Element("filename")?.Value.Trim(),
            size is not null && Number(size, "width") is > 0 and var width && Number(size, "height") is > 0 and var height ? (width, height) : null,
            boxes, [.. classes.Distinct(StringComparer.Ordinal)]);
    }

    private static double? Number(XElement parent, string name) =>
        double.TryParse(parent.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}
