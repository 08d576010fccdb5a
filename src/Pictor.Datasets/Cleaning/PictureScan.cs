using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>What one pass over the pictures brings: each is read and decoded once, shrunk while reading, on all cores; kept are its figures and its fingerprint.</summary>
internal sealed class PictureScan
{
    // All fingerprints together keep within about 100 MB of corners.
    private const int MostCorners = 2_000_000;

    private static readonly DecodeOptions s_decode = new() { ShortSideAtLeast = PictureFingerprint.EnoughPixels };

    private PictureScan(int samples)
    {
        Facts = new PictureFacts?[samples];
        Prints = new PictureFingerprint?[samples];
        Faults = new InputException?[samples];
    }

    /// <summary>By sample; null where it could not be decoded.</summary>
    public PictureFacts?[] Facts { get; }

    /// <summary>Likewise.</summary>
    public PictureFingerprint?[] Prints { get; }

    /// <summary>Why not.</summary>
    public InputException?[] Faults { get; }

    public static PictureScan Run(Dataset data, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int count = data.Samples.Count, done = 0, every = Math.Max(1, count / 1000);
        int corners = Math.Clamp(MostCorners / Math.Max(1, count), 40, 200);
        var scan = new PictureScan(count);
        SideBySide.For(count, i =>
        {
            try
            {
                (PictureHeader header, Pixels pixels) = data.Examine(data.Samples[i], s_decode);
                scan.Facts[i] = PictureFacts.Of(header, pixels);
                scan.Prints[i] = PictureFingerprint.Of(pixels, corners);
            }
            catch (InputException e)
            {
                scan.Faults[i] = e;
            }

            int now = Interlocked.Increment(ref done);
            if (now % every == 0 || now == count)
                progress?.Report(new Progress("Looking at pictures", now, count));
        }, cancellationToken);
        return scan;
    }
}
