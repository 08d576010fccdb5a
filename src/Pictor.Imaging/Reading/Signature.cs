namespace Pictor.Imaging;

/// <summary>Tells a format by its first bytes.</summary>
internal static class Signature
{
    internal static PictureFormat Of(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => PictureFormat.Jpeg,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => PictureFormat.Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => PictureFormat.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PictureFormat.WebP,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => PictureFormat.Tiff,
        [(byte)'B', (byte)'M', ..] when start.Length >= 16 && IsBitmapHeader(start[14..]) => PictureFormat.Bmp,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => Boxed(start[8..12]),
        _ => PictureFormat.Unknown,
    };

    // The brand of a file of boxes (ISO 14496-12, 4.3). Films and RAW files are such files too.
    private static PictureFormat Boxed(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? PictureFormat.Avif
        : brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? PictureFormat.Heif
        : PictureFormat.Unknown;

    // "BM" alone begins many a text; the size of the second header has few legal values.
    private static bool IsBitmapHeader(ReadOnlySpan<byte> size) => size[0] is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124 && size[1] == 0;
}
