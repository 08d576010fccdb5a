using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Pictor.Imaging;

/// <summary>
/// The five EXIF values that Pictor needs, read from the block's own small TIFF structure (Exif 2.32, section 4.6). A block that makes no sense yields the
/// defaults: metadata never stops a picture. Only offsets inside the block are followed, two directories deep, so that no block can loop or cost memory.
/// </summary>
internal readonly record struct ExifFacts(int Orientation, DateTime? TakenAt, string? Camera, bool Geotagged)
{
    private const ushort Make = 0x010F, Model = 0x0110, OrientationTag = 0x0112, Changed = 0x0132, ExifDirectory = 0x8769, PlaceDirectory = 0x8825, Taken = 0x9003, Latitude = 2, Longitude = 4;

    internal static ExifFacts None { get; } = new(1, null, null, false);

    internal static ExifFacts Read(ReadOnlySpan<byte> block)
    {
        if (block.Length < 14 || !(block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8)))
            return None;
        var tiff = new Tiff(block, block[0] == 'I');
        uint first = tiff.UInt32(4);
        int orientation = tiff.Number(first, OrientationTag) is >= 1 and <= 8 and var o ? (int)o : 1;
        string? taken = tiff.Number(first, ExifDirectory) is { } sub ? tiff.Text((uint)sub, Taken) : null;
        return new ExifFacts(orientation, Time(taken) ?? Time(tiff.Text(first, Changed)), Name(tiff.Text(first, Make), tiff.Text(first, Model)), IsGeotagged(tiff, first));
    }

    // Cameras without a fix write zeros or nothing; at latitude 0, longitude 0 there is only sea.
    private static bool IsGeotagged(Tiff tiff, uint first) =>
        tiff.Number(first, PlaceDirectory) is { } place && tiff.Degrees((uint)place, Latitude) is { } latitude && tiff.Degrees((uint)place, Longitude) is { } longitude
            && (latitude != 0 || longitude != 0);

    private static DateTime? Time(string? text) =>
        DateTime.TryParseExact(text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;

    // Most makers repeat their name at the start of the model: "Canon" + "Canon EOS 5D".
    private static string? Name(string? make, string? model) =>
        string.IsNullOrEmpty(model) ? (string.IsNullOrEmpty(make) ? null : make)
        : string.IsNullOrEmpty(make) || model.StartsWith(make, StringComparison.OrdinalIgnoreCase) ? model
        : $"{make} {model}";

    private readonly ref struct Tiff(ReadOnlySpan<byte> block, bool little)
    {
        private readonly ReadOnlySpan<byte> _block = block;

        internal uint UInt32(int at) =>
            little ? BinaryPrimitives.ReadUInt32LittleEndian(_block[at..]) : BinaryPrimitives.ReadUInt32BigEndian(_block[at..]);

        private ushort UInt16(int at) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(_block[at..]) : BinaryPrimitives.ReadUInt16BigEndian(_block[at..]);

        internal long? Number(uint directory, ushort tag)
        {
            int at = Entry(directory, tag);
            if (at < 0)
                return null;
            return UInt16(at + 2) switch { 3 => UInt16(at + 8), 4 or 13 => UInt32(at + 8), _ => null };
        }

        internal string? Text(uint directory, ushort tag)
        {
            int at = Entry(directory, tag);
            if (at < 0 || UInt16(at + 2) != 2)
                return null;
            uint length = Math.Min(UInt32(at + 4), 256);
            uint start = UInt32(at + 4) <= 4 ? (uint)at + 8 : UInt32(at + 8);
            if (start > _block.Length || length > _block.Length - start)
                return null;
            ReadOnlySpan<byte> text = _block.Slice((int)start, (int)length);
            int end = text.IndexOf((byte)0);
            string clean = string.Concat(Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Where(c => !char.IsControl(c) && c != '\uFFFD')).Trim();
            return clean.Length == 0 ? null : clean;
        }

        /// <summary>Degrees, minutes and seconds, each a fraction of two 32-bit numbers, as one number; null when one has no value.</summary>
        internal double? Degrees(uint directory, ushort tag)
        {
            int at = Entry(directory, tag);
            if (at < 0 || UInt16(at + 2) != 5 || UInt32(at + 4) != 3 || UInt32(at + 8) > _block.Length - 24)
                return null;
            double degrees = 0, unit = 1;
            for (int i = 0; i < 3; i++, unit *= 60)
            {
                int part = (int)UInt32(at + 8) + (8 * i);
                if (UInt32(part + 4) == 0)
                    return null;
                degrees += UInt32(part) / (double)UInt32(part + 4) / unit;
            }

            return degrees;
        }

        private int Entry(uint directory, ushort tag)
        {
            if (directory < 8 || directory + 2L > _block.Length)
                return -1;
            int count = UInt16((int)directory);
            for (int i = 0; i < count; i++)
            {
                long at = directory + 2L + (12L * i);
                if (at + 12 > _block.Length)
                    return -1;
                if (UInt16((int)at) == tag)
                    return (int)at;
            }

            return -1;
        }
    }
}
