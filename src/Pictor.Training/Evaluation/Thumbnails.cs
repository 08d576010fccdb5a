using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Training.Evaluation;

/// <summary>Pictures small enough to lie inside the report.</summary>
internal static class Thumbnails
{
    private const int Side = 96;

    /// <summary>A data URI of some hundred to some thousand bytes; null when the picture cannot be read any more.</summary>
    public static string? Of(Dataset data, Sample sample)
    {
        try
        {
            Pixels small = Resizer.Fit(data.Read(sample, new DecodeOptions { ShortSideAtLeast = Side }), Side);

            // Tiny pictures are shown enlarged, where JPEG's blocks would be seen.
            return small.Width * small.Height <= 40 * 40
                ? "data:image/png;base64," + Convert.ToBase64String(PictureWriter.Png(small))
                : "data:image/jpeg;base64," + Convert.ToBase64String(PictureWriter.Jpeg(small, 80));
        }
        catch (InputException)
        {
            return null;
        }
    }
}
