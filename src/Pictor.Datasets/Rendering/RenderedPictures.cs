using System.Globalization;
using System.Text;
using Pictor.Datasets.Rendering;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>A picture that Pictor has rendered, and what it shows.</summary>
/// <param name="Pixels">Square, 3 channels.</param>
/// <param name="LabelIds">Ids of all its tags, in the order of <see cref="RenderedPictures.Labels"/>.</param>
public sealed record RenderedPicture(Pixels Pixels, IReadOnlyList<string> LabelIds);

/// <summary>
/// Pictures that Pictor renders itself, each with several tags that are true by construction: shapes and digits in named colours, simple scenes, words in English and
/// Chinese. They fill the demo's library, and other seeds of them train its model. They say nothing about photographs.
/// </summary>
public static class RenderedPictures
{
    /// <summary>Pictures after which every subject has had its turns.</summary>
    public const int PerRound = 240;

    /// <summary>Side of a picture in pixels, unless another is asked for.</summary>
    public const int DefaultSide = 384;

    /// <summary>The seed of the demo's own pictures; its model has never seen them, for it is trained on other seeds.</summary>
    public const int DemoSeed = 1;

    private static readonly Dictionary<string, int> s_positions = RenderedLabels.All.Select((label, i) => (label.Id, i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>All tags, with their names in English and Chinese.</summary>
    public static IReadOnlyList<Label> Labels => RenderedLabels.All;

    /// <summary>Renders one picture; equal arguments give equal pixels.</summary>
    /// <param name="number">Which picture of the set, from 0.</param>
    /// <param name="seed">Seed of the set.</param>
    /// <param name="side">In pixels, 16..2048. Another side gives the same drawing in another size.</param>
    public static RenderedPicture Draw(int number, int seed, int side = DefaultSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, 2048);
        var random = new CounterRandom(seed, 1, number);
        var canvas = new Canvas(side);
        IReadOnlyList<string> tags = SubjectOf(number, seed).Draw(canvas, ref random);
        Pixels pixels = canvas.Finish(random.From(0.94f, 1.03f), random.From(0, 1.6f), ref random);
        return new RenderedPicture(pixels, [.. tags.OrderBy(tag => s_positions[tag])]);
    }

    /// <summary>
    /// Writes <c>pictures/drawn-NNN.png</c>, <c>labels.tsv</c> (the names) and at last <c>labels.csv</c> (what each picture shows), which together are a data set. The
    /// file names tell nothing, so whatever finds a picture has found it by its looks.
    /// </summary>
    /// <param name="folder">Created where it is missing; may hold earlier pictures of this kind, which are replaced.</param>
    /// <param name="count">1..100,000.</param>
    /// <param name="seed">Equal seeds give equal files.</param>
    /// <param name="side">Side of a picture in pixels.</param>
    /// <param name="progress">Pictures written so far.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="InputException">Other files lie there, or it cannot be written.</exception>
    public static void WriteFolder(string folder, int count, int seed, int side = DefaultSide, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100_000);
        string pictures = Path.Combine(folder, "pictures"), table = Path.Combine(folder, "labels.csv");
        if (Directory.Exists(pictures) && Directory.EnumerateFileSystemEntries(pictures).FirstOrDefault(f => !Path.GetFileName(f).StartsWith("drawn-", StringComparison.Ordinal)) is { } other)
            throw new InputException(folder, $"It holds other pictures ({other}), and rendered ones must not mix with them", "Name another folder.");
        try
        {
            Directory.CreateDirectory(pictures);
            File.Delete(table);
            foreach (string earlier in Directory.EnumerateFiles(pictures))
                File.Delete(earlier);
            string[] rows = Write(pictures, count, seed, side, progress, cancellationToken);
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            File.WriteAllText(Path.Combine(folder, "labels.tsv"), string.Concat(Labels.Select(l => $"{l.Id}\t{l.Name}\t{l.Chinese}\t{string.Join(", ", l.Synonyms)}\n")), utf8);

            // Last, so that a folder with this table is a folder that was finished.
            File.WriteAllText(table, "path,labels\n" + string.Concat(rows), utf8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(folder, $"The pictures cannot be written ({e.Message})", "Name a folder that you may write to.", e);
        }
    }

    private static string[] Write(string pictures, int count, int seed, int side, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var rows = new string[count];
        int done = 0, digits = Math.Max(3, $"{count}".Length);
        SideBySide.For(count, i =>
        {
            RenderedPicture picture = Draw(i, seed, side);
            string name = $"drawn-{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}.png";
            File.WriteAllBytes(Path.Combine(pictures, name), PictureWriter.Png(picture.Pixels));
            rows[i] = $"pictures/{name},{string.Join(';', picture.LabelIds)}\n";
            progress?.Report(new Progress("Drawing", Interlocked.Increment(ref done), count));
        }, cancellationToken);
        return rows;
    }

    /// <summary>Each round has every subject once, in an order of its own, so that neighbours in the library differ.</summary>
    private static RenderedSubject SubjectOf(int number, int seed)
    {
        int[] order = [.. Enumerable.Range(0, PerRound)];
        var random = new CounterRandom(seed, 2, number / PerRound);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return RenderedSubject.Round[order[number % PerRound]];
    }
}
