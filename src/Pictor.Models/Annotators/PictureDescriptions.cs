using Pictor.Imaging;

namespace Pictor.Models.Annotators;

/// <summary>The whole answer for one file: size, tags and likeliest classes.</summary>
public static class PictureDescriptions
{
    /// <summary>Decodes a picture file, runs it, and says what it is.</summary>
    /// <param name="annotator">The annotator.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that the answer and errors carry.</param>
    /// <param name="top">How many of the likeliest classes to list.</param>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static AnnotatedPicture Describe(this Annotator annotator, ReadOnlyMemory<byte> file, string name, int top)
    {
        PictureHeader header = PictureReader.ReadHeader(file, name);
        PictureReading reading = annotator.Read(file, name);
        return new AnnotatedPicture(
            name, ContentHash.IdOf(file.Span), header.Width, header.Height, annotator.TagsOf(reading.Probabilities), annotator.Top(reading.Probabilities, top))
        { Value = reading.Value };
    }
}
