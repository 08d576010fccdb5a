namespace Pictor.Imaging;

/// <summary>Names formats that Pictor does not read, so that a refusal can say what the file is.</summary>
internal static class ForeignFormat
{
    internal static string? NameOf(ReadOnlySpan<byte> start) => start switch
    {
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a film or another file in boxes (MP4 family)",
        [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "a JPEG 2000 picture",
        [0, 0, 1, 0, ..] or [0, 0, 2, 0, ..] => "a Windows icon or cursor",
        [(byte)'q', (byte)'o', (byte)'i', (byte)'f', ..] => "a QOI picture",
        [0xFF, 0x0A, ..] => "a JPEG XL picture",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
        [(byte)'g', (byte)'i', (byte)'m', (byte)'p', ..] => "a GIMP document",
        [0x0A, <= 5, 1, 1 or 2 or 4 or 8, ..] => "a PCX picture",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive",
        [0x1F, 0x8B, ..] => "a gzip archive",
        [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..] => "a Netpbm picture",
        [(byte)'<', ..] => "a text in HTML, SVG or XML",
        _ => null,
    };
}
