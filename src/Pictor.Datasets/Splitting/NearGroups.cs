using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Which pictures of a data set are the same one by bytes, by pixels or by look, as groups for <see cref="SplitOptions.GroupOf"/>.</summary>
public static class NearGroups
{
    /// <summary>Above so many pictures the search is left to those who ask for it.</summary>
    public const int ByDefaultUpTo = 20_000;

    private static readonly DecodeOptions s_decode = new() { ShortSideAtLeast = PictureFingerprint.EnoughPixels };

    /// <summary>Decodes every picture once, on all cores. A picture that cannot be decoded is joined by its bytes alone.</summary>
    /// <returns>One number for each sample: that of the first member of its group.</returns>
    public static int[] Of(Dataset data, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        var prints = new PictureFingerprint?[data.Samples.Count];
        int done = 0, every = Math.Max(1, prints.Length / 500);
        SideBySide.For(prints.Length, i =>
        {
            try
            {
                prints[i] = PictureFingerprint.Of(data.Read(data.Samples[i], s_decode));
            }
            catch (InputException)
            {
                prints[i] = null;
            }

            int now = Interlocked.Increment(ref done);
            if (now % every == 0 || now == prints.Length)
                progress?.Report(new Progress("Looking for near duplicates", now, prints.Length));
        }, cancellationToken);
        return DuplicateFinder.GroupOf(DuplicateFinder.Find(prints, [.. data.Samples.Select(s => s.Sha256)], progress: progress, cancellationToken: cancellationToken), prints.Length);
    }
}
