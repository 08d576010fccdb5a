using Pictor.Datasets.Assembling;
using Pictor.Imaging;

namespace Pictor.Datasets.Converting;

/// <summary>The boxes of a sample for formats where every class has a box.</summary>
internal static class BoxesOut
{
    /// <summary>The sample's boxes; a class without one gets the whole picture, which is told.</summary>
    public static IEnumerable<SampleBox> Of(Output output, Sample sample, string format)
    {
        int[] bare = [.. sample.Classes.Where(c => sample.Boxes.All(b => b.Class != c))];
        if (bare.Length > 0)
            output.Lose(sample, $"{format} holds classes as boxes; a class without one gets a box around the whole picture");
        if (sample.Boxes.Any(b => !sample.Classes.Contains(b.Class)))
            output.Lose(sample, $"{format} holds classes as boxes; boxes whose class the picture does not have give it that class");
        return sample.Boxes.Concat(bare.Select(c => new SampleBox(c, new BoundingBox(0, 0, 1, 1))));
    }

    /// <summary>The size of the picture as it is stored.</summary>
    public static (int Width, int Height) StoredSize(PictureHeader header) => header.Orientation >= 5 ? (header.Height, header.Width) : (header.Width, header.Height);

    /// <summary>A box in pixels of the stored picture: left, top, width, height.</summary>
    public static (double X, double Y, double Width, double Height) Pixels(BoundingBox box, PictureHeader header)
    {
        BoundingBox stored = BoxPlacing.Stored(box, header.Orientation);
        (int width, int height) = StoredSize(header);
        return (Tidy(stored.X * width), Tidy(stored.Y * height), Tidy(stored.Width * width), Tidy(stored.Height * height));
    }

    /// <summary>Rounded to a billionth of a pixel, so that what came as 12.5 goes as 12.5.</summary>
    private static double Tidy(double pixels) => Math.Round(pixels, 9);
}
