using System.Text.Json;
using Pictor.Datasets.Assembling;
using Pictor.Imaging;

namespace Pictor.Datasets.Converting;

/// <summary>annotations/instances.json, or one file a part, and images/.</summary>
internal static class CocoWriter
{
    public static void Write(Output output)
    {
        if (output.Data.Task == DatasetTask.Numeric)
            throw new InputException(output.Data.Path, "Its pictures have numbers, and COCO holds classes", "Write it with --to csv or --to manifest.");
        var parts = new SortedDictionary<string, Part>(StringComparer.Ordinal);
        try
        {
            int image = 0, annotation = 0;
            output.ForEach(sample =>
            {
                PictureHeader header = output.Data.ReadHeader(sample);
                string name = output.Picture(sample, "images/");
                Losses.Tell(output, sample, "COCO files", groups: true, targets: true, columns: true);
                string file = output.PartOf(sample) is { } split ? $"instances_{SplitWords.Word(split)}.json" : "instances.json";
                if (!parts.TryGetValue(file, out Part? part))
                    parts[file] = part = new Part(output.Place("annotations/" + file));
                part.AddImage(++image, name, BoxesOut.StoredSize(header));
                foreach (SampleBox box in BoxesOut.Of(output, sample, "COCO"))
                    part.AddBox(++annotation, image, box.Class + 1, BoxesOut.Pixels(box.Box, header));
            });
            foreach (Part part in parts.Values)
                part.Finish(output.Data.Labels);
        }
        finally
        {
            foreach (Part part in parts.Values)
                part.Dispose();
        }
    }

    /// <summary>One file: pictures are streamed out, annotations wait in memory until all pictures are told.</summary>
    private sealed class Part : IDisposable
    {
        private readonly FileStream _file;
        private readonly Utf8JsonWriter _json;
        private readonly List<(int Id, int Image, int Category, (double X, double Y, double Width, double Height) Box)> _boxes = [];

        public Part(string path)
        {
            _file = File.Create(path);
            _json = new Utf8JsonWriter(_file, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _json.WriteStartObject();
            _json.WriteStartArray("images");
        }

        public void AddImage(int id, string name, (int Width, int Height) size)
        {
            _json.WriteStartObject();
            _json.WriteNumber("id", id);
            _json.WriteString("file_name", name);
            _json.WriteNumber("width", size.Width);
            _json.WriteNumber("height", size.Height);
            _json.WriteEndObject();
        }

        public void AddBox(int id, int image, int category, (double X, double Y, double Width, double Height) box) => _boxes.Add((id, image, category, box));

        public void Finish(IReadOnlyList<Label> labels)
        {
            _json.WriteEndArray();
            _json.WriteStartArray("annotations");
            foreach ((int id, int image, int category, var box) in _boxes)
            {
                _json.WriteStartObject();
                _json.WriteNumber("id", id);
                _json.WriteNumber("image_id", image);
                _json.WriteNumber("category_id", category);
                _json.WriteStartArray("bbox");
                foreach (double value in (ReadOnlySpan<double>)[box.X, box.Y, box.Width, box.Height])
                    _json.WriteNumberValue(value);
                _json.WriteEndArray();
                _json.WriteNumber("area", Math.Round(box.Width * box.Height, 6));
                _json.WriteNumber("iscrowd", 0);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            _json.WriteStartArray("categories");
            for (int i = 0; i < labels.Count; i++)
            {
                _json.WriteStartObject();
                _json.WriteNumber("id", i + 1);
                _json.WriteString("name", labels[i].Id);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.Flush();
        }

        public void Dispose()
        {
            _json.Dispose();
            _file.Dispose();
        }
    }
}
