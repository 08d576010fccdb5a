using System.Globalization;
using System.Xml.Linq;
using Pictor.Datasets.Assembling;
using Pictor.Imaging;

namespace Pictor.Datasets.Converting;

/// <summary>Annotations/, JPEGImages/ and ImageSets/Main/.</summary>
internal static class VocWriter
{
    public static void Write(Output output)
    {
        if (output.Data.Task == DatasetTask.Numeric)
            throw new InputException(output.Data.Path, "Its pictures have numbers, and Pascal VOC holds classes", "Write it with --to csv or --to manifest.");
        var lists = new Dictionary<Split, List<string>>();
        output.ForEach(sample =>
        {
            PictureHeader header = output.Data.ReadHeader(sample);
            string name = output.Picture(sample, "JPEGImages/", freeStem: true), stem = System.IO.Path.GetFileNameWithoutExtension(name);
            Losses.Tell(output, sample, "Pascal VOC files", groups: true, targets: true, columns: true);
            (int width, int height) = BoxesOut.StoredSize(header);
            var xml = new XElement(
                "annotation", new XElement("filename", name),
                new XElement("size", new XElement("width", width), new XElement("height", height), new XElement("depth", header.Grey ? 1 : 3)),
                BoxesOut.Of(output, sample, "Pascal VOC").Select(b => ObjectOf(output.Data.Labels[b.Class].Id, BoxesOut.Pixels(b.Box, header))));
            output.Write($"Annotations/{stem}.xml", xml.ToString() + "\n");
            if (sample.Declared is { } split)
                (lists.TryGetValue(split, out List<string>? list) ? list : lists[split] = []).Add(stem);
        });
        foreach ((Split split, List<string> stems) in lists)
            output.Write($"ImageSets/Main/{SplitWords.Word(split)}.txt", string.Join('\n', stems) + "\n");
    }

    // Pixels count from 1, both ends included: a box over the whole width is 1..W.
    private static XElement ObjectOf(string label, (double X, double Y, double Width, double Height) box) => new(
        "object", new XElement("name", label), new XElement("difficult", 0),
        new XElement("bndbox", new XElement("xmin", Number(box.X + 1)), new XElement("ymin", Number(box.Y + 1)), new XElement("xmax", Number(box.X + box.Width)), new XElement("ymax", Number(box.Y + box.Height))));

    private static string Number(double value) => Math.Round(value, 6).ToString("R", CultureInfo.InvariantCulture);
}
