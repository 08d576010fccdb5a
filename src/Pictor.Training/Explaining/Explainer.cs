using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Explaining;

/// <summary>Which parts of a picture a package's answer rests on.</summary>
/// <param name="File">The picture.</param>
/// <param name="Id">Its id.</param>
/// <param name="Label">The class that is explained.</param>
/// <param name="LabelId">Its id.</param>
/// <param name="Probability">What the package gives it, 0..1.</param>
/// <param name="Grid">Positions of the patch along each side.</param>
/// <param name="Region">How the grid lies over the upright picture, in its fractions.</param>
/// <param name="Drops">[grid, grid]: fall of the probability when the patch covers this place.</param>
public sealed record PictureExplanation(string File, string Id, string Label, string LabelId, double Probability, int Grid, BoundingBox Region, IReadOnlyList<IReadOnlyList<double>> Drops)
{
    /// <summary>The map over the picture as a PNG file.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[] Overlay { get; init; } = [];
}

/// <summary>Occlusion maps of single pictures.</summary>
public static class Explainer
{
    /// <summary>Positions along each side unless said otherwise. <value>16: 257 looks at the picture.</value></summary>
    public const int UsualGrid = 16;

    /// <summary>The most positions along each side.</summary>
    public const int LargestGrid = 64;

    private const int OverlaySide = 512;

    /// <summary>Explains one answer.</summary>
    /// <param name="annotator">A package that names classes.</param>
    /// <param name="file">A picture file.</param>
    /// <param name="label">Id, name or synonym of a class; null: the likeliest.</param>
    /// <param name="grid">1..<see cref="LargestGrid"/>; less where the input has fewer pixels.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InputException">The file is no picture, the class is unknown, or the package names no classes.</exception>
    public static async Task<PictureExplanation> ExplainAsync(Annotator annotator, string file, string? label = null, int grid = UsualGrid, CancellationToken cancellationToken = default)
    {
        if (annotator.Package.Manifest.Task == PackageTask.Regressor)
            throw new InputException(annotator.Package.Reference, "it gives a number, and only classes are explained", "Name a package of classes.") { Code = "package.wrong-task" };
        if (grid is < 1 or > LargestGrid)
            throw new InputException("--grid", $"{grid} is out of range", $"Give 1 to {LargestGrid} positions along each side.");
        int? asked = label is null ? null : Find(annotator, label);
        byte[] bytes = await ReadAsync(file, cancellationToken);
        return await Task.Run(() => Explain(annotator, file, bytes, asked, grid, cancellationToken), cancellationToken);
    }

    private static PictureExplanation Explain(Annotator annotator, string file, byte[] bytes, int? asked, int grid, CancellationToken cancellationToken)
    {
        Preprocessing input = annotator.Package.Manifest.Input;
        var planes = new byte[input.Shape.Length];

        // Decoded as for serving, so that the probability is the one that 'annotate' gives; once more for the eye.
        input.ToPlanes(PictureReader.Decode(bytes, file, input.DecodeOptions()), planes);
        Pixels picture = PictureReader.Decode(bytes, file, new DecodeOptions { ShortSideAtLeast = OverlaySide });
        int label = asked ?? Likeliest(annotator, planes);
        grid = Math.Min(grid, Math.Min(input.Shape.Width, input.Shape.Height));
        (double probability, double[] drops) = OcclusionMap.Of(annotator, planes, label, grid, cancellationToken);
        var region = SeenRegion.Of(picture.Width, picture.Height, input);
        Label named = annotator.Package.Labels[label];
        return new PictureExplanation(
            Path.GetFullPath(file), ContentHash.IdOf(bytes), named.Name, named.Id, probability, grid, new BoundingBox(region.X, region.Y, region.Width, region.Height),
            [.. Enumerable.Range(0, grid).Select(row => (IReadOnlyList<double>)drops[(row * grid)..((row + 1) * grid)])])
        {
            Overlay = PictureWriter.Png(HeatOverlay.Draw(picture, drops, grid, region, OverlaySide)),
        };
    }

    private static int Likeliest(Annotator annotator, byte[] planes)
    {
        var probabilities = new float[annotator.Package.Manifest.Classes];
        annotator.Run(planes, 1, probabilities, []);
        return Array.IndexOf(probabilities, probabilities.Max());
    }

    private static int Find(Annotator annotator, string label)
    {
        IReadOnlyList<Label> labels = annotator.Package.Labels;
        foreach (Func<Label, bool> fits in (Func<Label, bool>[])[l => l.Id == label, l => Same(l.Name), l => Same(l.Chinese) || l.Synonyms.Any(Same)])
        {
            int[] found = [.. labels.Index().Where(l => fits(l.Item)).Select(l => l.Index)];
            if (found.Length == 1)
                return found[0];
            if (found.Length > 1)
                throw new InputException("--label", $"'{label}' fits {found.Length} classes: {string.Join(", ", found.Select(i => $"{labels[i].Name} ({labels[i].Id})"))}", "Name one by its id.") { Code = "label.ambiguous" };
        }

        string hint = NearestWord.Of(label, labels.Select(l => l.Name)) is { } near ? $" Did you mean '{near}'?" : "";
        throw new InputException("--label", $"'{label}' is not among the {labels.Count} classes of {annotator.Package.Reference}.{hint}", "Name one of its classes by id or name.") { Code = "label.unknown" };

        bool Same(string? word) => string.Equals(word, label, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = Directory.Exists(file) ? "it is a folder, and one picture is explained at a time" : File.Exists(file) ? $"it cannot be read ({e.Message})" : "there is no such file";
            throw new InputException(file, problem, "Give the path of a picture.", e);
        }
    }
}
