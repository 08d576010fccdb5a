using Pictor.Imaging;

namespace Pictor.Training.Tests.Evaluation;

/// <summary>Folders of 4x4 grey pictures: a class is a bright quarter; noise makes each file another.</summary>
internal static class ToyData
{
    public static PictureShape Shape { get; } = new(1, 4, 4);

    /// <summary>The picture of a quarter 0..3 without noise, in units of 0..1.</summary>
    public static float[] Mean(int quarter) => [.. Enumerable.Range(0, 16).Select(i => (i / 8 * 2) + (i % 4 / 2) == quarter ? 0.9f : 0.1f)];

    /// <summary>Writes pictures of a quarter into a folder.</summary>
    public static void Write(string folder, int quarter, int count, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        var random = new Random((seed * 100) + quarter);
        for (int i = 0; i < count; i++)
        {
            byte[] data = [.. Mean(quarter).Select(v => (byte)((v * 255) + random.Next(-20, 21)))];
            File.WriteAllBytes(Path.Combine(folder, $"{seed}-{i}.png"), PictureWriter.Png(new Pixels(4, 4, 1, data)));
        }
    }
}
