using System.Globalization;
using System.Text;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// Pictures that Pictor draws itself, for when no real data are at hand: digits and shapes in many hands, sizes, colours and lights.
/// They show that every step works; they say nothing about photographs.
/// </summary>
public static class DrawnPictures
{
    /// <summary>Side of a picture in pixels.</summary>
    public const int Side = 32;

    /// <summary>The classes: ten digits and six shapes.</summary>
    public static IReadOnlyList<Label> Labels { get; } =
    [
        new("0", "zero", "零"), new("1", "one", "一"), new("2", "two", "二"), new("3", "three", "三"), new("4", "four", "四"),
        new("5", "five", "五"), new("6", "six", "六"), new("7", "seven", "七"), new("8", "eight", "八"), new("9", "nine", "九"),
        new("circle", "circle", "圆形"), new("cross", "cross", "十字"), new("heart", "heart", "心形"),
        new("square", "square", "正方形"), new("star", "star", "星形"), new("triangle", "triangle", "三角形"),
    ];

    /// <summary>Draws one picture; equal arguments give equal pixels.</summary>
    /// <param name="label">Position in <see cref="Labels"/>.</param>
    /// <param name="number">Which picture of the class.</param>
    /// <param name="seed">Seed of the whole set.</param>
    /// <returns><see cref="Side"/> x <see cref="Side"/>, 3 channels.</returns>
    public static Pixels Draw(int label, int number, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Labels.Count);
        return Scene.Draw(Labels[label].Id, Side, new CounterRandom(seed, label, number));
    }

    /// <summary>Writes PNG files in one folder per class, and <c>labels.tsv</c> with their English and Chinese names.</summary>
    /// <param name="folder">Created where it is missing.</param>
    /// <param name="perClass">Pictures of each class, 1..100,000.</param>
    /// <param name="seed">Equal seeds give equal files.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>How many pictures were written.</returns>
    /// <exception cref="InputException">The folder holds other files already, or cannot be written.</exception>
    public static int WriteFolder(string folder, int perClass, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perClass, 100_000);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new InputException(folder, "The folder is not empty, and drawn pictures must not mix with others", "Name a new folder.");
        try
        {
            Write(folder, perClass, seed, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(folder, $"The pictures cannot be written ({e.Message})", "Name a folder that you may write to.", e);
        }

        return Labels.Count * perClass;
    }

    private static void Write(string folder, int perClass, int seed, CancellationToken cancellationToken)
    {
        foreach (Label label in Labels)
            Directory.CreateDirectory(Path.Combine(folder, label.Id));
        SideBySide.For(Labels.Count * perClass, i =>
        {
            int label = i / perClass, number = i % perClass;
            File.WriteAllBytes(Path.Combine(folder, Labels[label].Id, string.Create(CultureInfo.InvariantCulture, $"{number:00000}.png")), PictureWriter.Png(Draw(label, number, seed)));
        }, cancellationToken);

        // Last, so that a folder with a table is a folder that was finished.
        File.WriteAllText(Path.Combine(folder, "labels.tsv"), string.Concat(Labels.Select(l => $"{l.Id}\t{l.Name}\t{l.Chinese}\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
