using System.Text;

namespace Pictor.Imaging;

/// <summary>
/// Tells RAW files of cameras from pictures. Most are TIFF files whose first directory holds a thumbnail: read as a picture they would pass as one of 160 x 120 pixels.
/// </summary>
internal static class RawFile
{
    private const ushort SubfileType = 0x00FE, Photometric = 0x0106, Make = 0x010F, InnerDirectories = 0x014A, DngVersion = 0xC612;
    private const long ColourFilterArray = 32803, LinearRaw = 34892;

    internal static string? NameOf(ReadOnlySpan<byte> file) => file switch
    {
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'c', (byte)'r', (byte)'x', (byte)' ', ..] => "Canon CR3",
        [(byte)'I', (byte)'I', (byte)'R', (byte)'O' or (byte)'S', ..] or [(byte)'M', (byte)'M', (byte)'O', (byte)'R', ..] => "Olympus ORF",
        [(byte)'I', (byte)'I', 0x55, 0, ..] => "Panasonic RW2",
        [(byte)'I', (byte)'I', 0x1A, 0, 0, 0, (byte)'H', (byte)'E', (byte)'A', (byte)'P', ..] => "Canon CRW",
        [0, (byte)'M', (byte)'R', (byte)'M', ..] => "Minolta MRW",
        [(byte)'F', (byte)'O', (byte)'V', (byte)'b', ..] => "Sigma X3F",
        _ when file.StartsWith("FUJIFILMCCD-RAW"u8) => "Fujifilm RAF",
        _ => InTiff(file),
    };

    private static string? InTiff(ReadOnlySpan<byte> file)
    {
        if (!ExifBlock.TryOpen(file, out ExifBlock tiff))
            return null;
        if (file[8] == 'C' && file[9] == 'R')
            return "Canon CR2";
        if (tiff.Has(tiff.First, DngVersion))
            return "DNG";
        bool thumbnailFirst = (tiff.Number(tiff.First, SubfileType) & 1) == 1 && tiff.Has(tiff.First, InnerDirectories);
        if (!thumbnailFirst && tiff.Number(tiff.First, Photometric) is not (ColourFilterArray or LinearRaw))
            return null;
        string make = tiff.Text(tiff.First, Make) ?? "";
        return make.Length == 0 ? "in TIFF"
            : make.StartsWith("NIKON", StringComparison.OrdinalIgnoreCase) ? "Nikon NEF"
            : make.StartsWith("SONY", StringComparison.OrdinalIgnoreCase) ? "Sony ARW"
            : make.StartsWith("PENTAX", StringComparison.OrdinalIgnoreCase) ? "Pentax PEF"
            : make.StartsWith("SAMSUNG", StringComparison.OrdinalIgnoreCase) ? "Samsung SRW"
            : new StringBuilder("of ").Append(make, 0, Math.Min(make.Length, 40)).ToString();
    }
}
