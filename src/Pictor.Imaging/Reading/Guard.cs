namespace Pictor.Imaging;

/// <summary>Nothing is decoded, and no memory taken, before a file has passed here.</summary>
internal static class Guard
{
    /// <summary>No side of a picture may be longer; it is what JPEG can store, and decoders multiply it in 32 bits.</summary>
    internal const int LongestSide = 65_535;

    internal static (PictureFormat Format, FileFacts Facts) Check(ReadOnlySpan<byte> file, string name, DecodeOptions options)
    {
        if (file.Length > options.MaxBytes)
            throw Fault.TooLarge(name, file.Length, options.MaxBytes);
        PictureFormat format = Signature.Of(file);
        if (RawFile.NameOf(file) is { } camera)
            throw Fault.Raw(name, camera);
        FileFacts facts = format switch
        {
            PictureFormat.Jpeg => JpegHeader.Read(file, name),
            PictureFormat.Png => PngHeader.Read(file, name, options.MaxPixels),
            PictureFormat.Bmp => BmpHeader.Read(file, name),
            PictureFormat.Gif => GifHeader.Read(file, name),
            PictureFormat.WebP => WebPHeader.Read(file, name),
            PictureFormat.Tiff => TiffHeader.Read(file, name),
            PictureFormat.Heif or PictureFormat.Avif => HeifHeader.Read(file, name),
            _ => throw Fault.UnknownFormat(name, file),
        };
        if (facts.Width <= 0 || facts.Height <= 0)
            throw Fault.Damaged(name, $"the header says {facts.Width} x {facts.Height} pixels");
        if (facts.Width > LongestSide || facts.Height > LongestSide || facts.Width * facts.Height > options.MaxPixels)
            throw Fault.TooManyPixels(name, facts.Width, facts.Height, options.MaxPixels);
        if (facts.Memory > options.MaxMemory)
            throw Fault.TooMuchMemory(name, facts, options.MaxMemory);
        return (facts.Av1 ? PictureFormat.Avif : format, facts);
    }
}
