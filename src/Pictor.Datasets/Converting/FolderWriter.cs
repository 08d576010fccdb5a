using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Converting;

/// <summary>Class folders. They hold one class a picture, and parts.</summary>
internal static class FolderWriter
{
    public static void Write(Output output)
    {
        if (output.Data.Task == DatasetTask.Numeric)
            throw new InputException(output.Data.Path, "Its pictures have numbers, and class folders hold classes", "Write it with --to csv or --to manifest.");
        output.ForEach(sample =>
        {
            if (sample.Class < 0)
            {
                output.Skip(sample, "It has no class, and class folders need one.");
                return;
            }

            if (sample.Classes.Count > 1)
                output.Lose(sample, "Class folders hold one class a picture; only the first one is kept");
            Losses.Tell(output, sample, "Class folders", boxes: true, groups: true, targets: true, columns: true);
            string id = output.Data.Labels[sample.Class].Id, name = Output.Clean(id);
            if (!string.Equals(id, name, StringComparison.Ordinal))
                output.Lose(sample, $"The class '{id}' cannot be the name of a folder and becomes '{name}'");
            Split? part = output.PartOf(sample);
            output.Picture(sample, part is { } split ? $"{SplitWords.Word(split)}/{name}/" : name + "/");
        });
    }
}

/// <summary>Says what a format has no place for.</summary>
internal static class Losses
{
    public static void Tell(Output output, Sample sample, string format, bool boxes = false, bool groups = false, bool targets = false, bool columns = false)
    {
        if (boxes && sample.Boxes.Count > 0)
            output.Lose(sample, $"{format} hold no boxes");
        if (groups && sample.Group is not null)
            output.Lose(sample, $"{format} hold no groups");
        if (targets && sample.Target is not null)
            output.Lose(sample, $"{format} hold no numbers");
        if (columns && sample.Columns.Count > 0)
            output.Lose(sample, $"{format} hold no further columns");
    }
}
