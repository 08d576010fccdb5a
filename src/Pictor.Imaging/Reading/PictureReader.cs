namespace Pictor.Imaging;

/// <summary>Bytes in, upright pixels out: sniff, guard by the header, decode (shrinking while reading where the format allows), turn upright.</summary>
/// <remarks>
/// A file of which pixels are missing is refused as damaged, never shown half grey; a missing end marker behind the last pixel is forgiven.
/// All methods can be called from many threads at once.
/// </remarks>
public static class PictureReader
{
    /// <summary>The format by the first bytes (16 are enough).</summary>
    public static PictureFormat Sniff(ReadOnlySpan<byte> start) => Signature.Of(start);

    /// <summary>Reads and guards the header; no pixel is decoded.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static PictureHeader ReadHeader(ReadOnlyMemory<byte> file, string name, DecodeOptions? options = null)
    {
        (PictureFormat format, FileFacts facts) = Guard.Check(file.Span, name, options ?? DecodeOptions.Default);
        ExifFacts exif = ExifFacts.Read(file.Span[facts.Exif]);
        int orientation = facts.TurnedByDecoder ? 1 : exif.Orientation;
        bool lying = orientation >= 5;
        return new PictureHeader(
            format,
            (int)(lying ? facts.Height : facts.Width),
            (int)(lying ? facts.Width : facts.Height),
            orientation,
            facts.Grey,
            exif.TakenAt,
            exif.Camera,
            Geotagged: exif.Place is not null)
        {
            Lens = exif.Lens,
            Place = exif.Place,
            UtcOffset = exif.UtcOffset,
            Exposure = exif.Exposure,
        };
    }

    /// <summary>What people wrote into the file (XMP, else IPTC): keywords, title, description, rating. Metadata that makes no sense yields nothing and stops nothing.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static DescriptiveMetadata ReadDescription(ReadOnlyMemory<byte> file, string name, DecodeOptions? options = null)
    {
        (_, FileFacts facts) = Guard.Check(file.Span, name, options ?? DecodeOptions.Default);
        return EmbeddedDescription.Read(file, facts);
    }

    /// <summary>Decodes the first frame, upright, alpha flattened onto white.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <param name="options">Limits, and how far the decoder may shrink.</param>
    /// <returns>1 channel for grey files, else 3.</returns>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static Pixels Decode(ReadOnlyMemory<byte> file, string name, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        (PictureFormat format, FileFacts facts) = Guard.Check(file.Span, name, options);
        if (format is PictureFormat.Heif or PictureFormat.Avif)
            return HeifDecoder.Decode(file, name, format, facts, options);
        Pixels stored = format == PictureFormat.Tiff
            ? TiffDecoder.Decode(file, name)
            : SkiaDecoder.Decode(file, name, format, facts, options.ShortSideAtLeast);
        return Turning.Upright(stored, ExifFacts.Read(file.Span[facts.Exif]).Orientation);
    }
}
