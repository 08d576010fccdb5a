using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Cli.Demo;

/// <summary>Pictures for the demo's library: the data set's own folder, or files made from some of its test pictures when they lie in an archive.</summary>
internal static class DemoPictures
{
    private const int AtMost = 2000;

    public static async Task<string> FolderAsync(string path, string workFolder, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        using Dataset data = await Dataset.OpenAsync(path, progress, cancellationToken);
        if (string.Equals(data.Format, "folder", StringComparison.Ordinal)) return data.Path;

        string folder = Path.Combine(workFolder, "pictures");
        Directory.CreateDirectory(folder);
        IReadOnlyList<int> test = SplitPlan.For(data, seed: 1).Test;
        int count = Math.Min(AtMost, test.Count);
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sample sample = data.Samples[test[(int)((long)i * test.Count / count)]];
            try
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, $"{sample.Index:D6}.png"), PictureWriter.Png(data.Read(sample)), cancellationToken);
            }
            catch (InputException)
            {
                continue; // Told already, when the data set was trained on.
            }

            progress.Report(new Progress("Writing pictures for the library", i + 1, count));
        }

        return folder;
    }
}
