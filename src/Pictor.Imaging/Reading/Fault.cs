namespace Pictor.Imaging;

/// <summary>The sentences with which pictures are refused, one per code.</summary>
internal static class Fault
{
    private const string Refetch = "Fetch the file again from its source, or save it anew with a picture editor.";
    private const string Shrink = "Shrink the picture with an editor, or raise the limit if you trust the file.";

    internal static PictureException UnknownFormat(string name, ReadOnlySpan<byte> start) => new(
        "picture.unknown-format",
        name,
        start.IsEmpty ? "the file is empty"
            : ForeignFormat.NameOf(start) is { } foreign ? $"this is {foreign}, not a picture format that Pictor reads"
            : $"the first bytes ({Convert.ToHexString(start[..Math.Min(8, start.Length)])}) belong to no picture format that Pictor reads",
        "Pictor reads JPEG, PNG, BMP, WebP, GIF and TIFF, and HEIC and AVIF with libheif; convert the file to one of them.");

    internal static PictureException Raw(string name, string kind) => new(
        "picture.unsupported", name, $"this is a camera's RAW file ({kind}): what the sensor saw, still to be developed",
        "Export it as JPEG or TIFF in your RAW program, or index the JPEG that the camera wrote beside it.");

    internal static PictureException NeedsLibheif(string name, PictureFormat format) => new(
        HeifSupport.MissingCode, name, $"{(format == PictureFormat.Avif ? "AVIF" : "HEIC")} pictures are decoded by the system's libheif, which is not installed",
        $"{HeifSupport.HowToInstall} Then index again.");

    internal static PictureException Damaged(string name, string problem, Exception? inner = null) => new(
        "picture.damaged", name, problem, Refetch, inner);

    internal static PictureException Truncated(string name, PictureFormat format) => new(
        "picture.damaged", name, $"the {NameOf(format)} file ends, or stops making sense, before its last pixel", Refetch)
    { IsTruncated = true };

    internal static PictureException TooManyPixels(string name, long width, long height, long limit) => new(
        "picture.too-many-pixels", name, $"the header says {width} x {height} pixels; at most {limit} are decoded", Shrink);

    internal static PictureException TooMuchMemory(string name, FileFacts facts, long limit) => new(
        "picture.too-many-pixels",
        name,
        $"decoding {facts.Width} x {facts.Height} pixels of this kind takes about {facts.Memory >> 20} MiB; at most {limit >> 20} MiB are spent on one picture",
        Shrink);

    internal static PictureException TooLarge(string name, long bytes, long limit) => new(
        "picture.too-large", name, $"the file has {bytes} bytes; at most {limit} are read", Shrink);

    internal static PictureException Unsupported(string name, string problem, Exception? inner = null) => new(
        "picture.unsupported", name, problem, "Save the picture as an ordinary 8-bit JPEG or PNG.", inner);

    internal static string NameOf(PictureFormat format) => format is PictureFormat.WebP or PictureFormat.Unknown ? format.ToString() : format.ToString().ToUpperInvariant();
}
