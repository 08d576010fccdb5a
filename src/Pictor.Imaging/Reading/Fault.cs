namespace Pictor.Imaging;

/// <summary>The sentences with which pictures are refused, one per code.</summary>
internal static class Fault
{
    internal static PictureException UnknownFormat(string name, ReadOnlySpan<byte> start) => new(
        "picture.unknown-format",
        name,
        start.IsEmpty ? "the file is empty" : $"the first bytes ({Convert.ToHexString(start[..Math.Min(8, start.Length)])}) belong to no picture format that Pictor reads",
        "Pictor reads JPEG, PNG, BMP, WebP, GIF and TIFF; convert the file to one of them.");

    internal static PictureException Damaged(string name, string problem, Exception? inner = null) => new(
        "picture.damaged", name, problem, "Fetch the file again from its source, or save it anew with a picture editor.", inner);

    internal static PictureException Truncated(string name, PictureFormat format) => Damaged(
        name, $"the {format} file ends before its last pixel");

    internal static PictureException TooManyPixels(string name, long width, long height, long limit) => new(
        "picture.too-many-pixels",
        name,
        $"the header says {width} x {height} pixels; at most {limit} pixels are decoded",
        "Shrink the picture, or raise the limit if you trust the file.");

    internal static PictureException TooLarge(string name, long bytes, long limit) => new(
        "picture.too-large", name, $"the file has {bytes} bytes; at most {limit} are read", "Shrink the picture, or raise the limit if you trust the file.");

    internal static PictureException Unsupported(string name, string problem, Exception? inner = null) => new(
        "picture.unsupported", name, problem, "Save the picture as 8-bit JPEG or PNG.", inner);
}
