using System.Globalization;
using System.Text;
using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Converting;

/// <summary>images/, labels/ (with a folder a part) and data.yaml.</summary>
internal static class YoloWriter
{
    public static void Write(Output output)
    {
        Dataset data = output.Data;
        if (data.Task == DatasetTask.Numeric)
            throw new InputException(data.Path, "Its pictures have numbers, and YOLO holds classes", "Write it with --to csv or --to manifest.");
        var parts = new SortedSet<Split>();
        output.ForEach(sample =>
        {
            Split? part = output.PartOf(sample);
            if (part is { } split)
                parts.Add(split);
            string below = part is { } s ? SplitWords.Word(s) + "/" : "";
            string stem = System.IO.Path.GetFileNameWithoutExtension(output.Picture(sample, $"images/{below}", freeStem: true));
            Losses.Tell(output, sample, "YOLO files", groups: true, targets: true, columns: true);
            var lines = new StringBuilder();
            foreach (SampleBox box in BoxesOut.Of(output, sample, "YOLO"))
            {
                BoundingBox b = box.Box;
                lines.Append(CultureInfo.InvariantCulture, $"{box.Class} {b.X + (b.Width / 2):R} {b.Y + (b.Height / 2):R} {b.Width:R} {b.Height:R}\n");
            }

            output.Write($"labels/{below}{stem}.txt", lines.ToString());
        });
        var yaml = new StringBuilder("path: .\n");
        if (parts.Count == 0)
            yaml.Append("train: images\nval: images\n");
        foreach (Split part in parts)
            yaml.Append(CultureInfo.InvariantCulture, $"{SplitWords.Word(part)}: images/{SplitWords.Word(part)}\n");
        yaml.Append("names:\n");
        for (int i = 0; i < data.Labels.Count; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  {i}: '{data.Labels[i].Id.Replace("'", "''", StringComparison.Ordinal)}'\n");
        output.Write("data.yaml", yaml.ToString());
    }
}
