namespace Pictor.Imaging;

/// <summary>What a header parser found: the size as stored, before turning upright.</summary>
/// <param name="Width">Stored width.</param>
/// <param name="Height">Stored height.</param>
/// <param name="Grey">One grey channel, apart from alpha.</param>
/// <param name="Alpha">Pixels may be transparent.</param>
/// <param name="Exif">Where the EXIF block (a small TIFF) lies in the file; empty when there is none.</param>
internal readonly record struct FileFacts(long Width, long Height, bool Grey, bool Alpha, Range Exif)
{
    internal static Range NoExif => 0..0;
}
