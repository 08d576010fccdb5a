using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>
/// Reads the first directory of a TIFF file (TIFF 6.0, sections 2 and 8) and refuses what would lead the decoder astray: values outside the file, strips or tiles
/// larger than the picture warrants.
/// </summary>
internal readonly ref struct TiffHeader
{
    internal const long LargestTile = 64 << 20;

    private readonly ReadOnlySpan<byte> _file;
    private readonly bool _little;
    private readonly int _directory;
    private readonly int _entries;

    private TiffHeader(ReadOnlySpan<byte> file, string name)
    {
        _file = file;
        _little = file[0] == 'I';
        if (file.Length < 14)
            throw Fault.Damaged(name, "the TIFF file ends within its header");
        if (UInt16(2) == 43)
            throw Fault.Unsupported(name, "this is a BigTIFF file");
        uint directory = UInt32(4);
        if (directory < 8 || directory > file.Length - 2)
            throw Fault.Damaged(name, "the TIFF file's first directory lies outside the file");
        _directory = (int)directory + 2;
        _entries = UInt16((int)directory);
        if (_entries == 0 || _directory + (12L * _entries) > file.Length)
            throw Fault.Damaged(name, "the TIFF file ends within its first directory");
    }

    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        TiffLayout layout = Layout(file, name);
        return new FileFacts(layout.Width, layout.Height)
        {
            Grey = layout.Grey,
            Alpha = true,
            ByRows = layout.ByRows,
            Held = layout.ByRows ? 0 : (int)Math.Min(16, 4 + layout.BytesPerPixel),
            Exif = 0..file.Length,
            Xmp = Bytes(file, XmpTag),
            Iptc = Bytes(file, IptcTag),
        };
    }

    private const ushort XmpTag = 700, IptcTag = 33723;

    private static Range Bytes(ReadOnlySpan<byte> file, ushort tag) => ExifBlock.TryOpen(file, out ExifBlock block) ? block.Bytes(block.First, tag) : default;

    internal static TiffLayout Layout(ReadOnlySpan<byte> file, string name)
    {
        var header = new TiffHeader(file, name);
        header.CheckValues(name);
        var layout = new TiffLayout(
            Width: header.Number(256, 0),
            Height: header.Number(257, 0),
            Bits: (int)header.Number(258, 1),
            Samples: (int)header.Number(277, 1),
            Photometric: (int)header.Number(262, -1),
            Compression: (int)header.Number(259, 1),
            Planar: header.Number(284, 1) == 2,
            Tiled: header.Number(322, 0) > 0,
            SampleFormat: (int)header.Number(339, 1),
            Extra: (int)header.Number(338, -1));
        if (layout.Bits is not (1 or 2 or 4 or 8 or 16) || layout.SampleFormat is not (1 or 4) || layout.Samples is < 1 or > 8)
        {
            throw Fault.Unsupported(
                name, $"the TIFF file stores {layout.Samples} samples of {layout.Bits} bits in format {layout.SampleFormat}; whole numbers of 1 to 16 bits are read");
        }

        if (layout.Compression == 6)
            throw Fault.Unsupported(name, "the TIFF file uses the withdrawn first kind of JPEG compression");
        if (layout.Tiled && header.Number(322, 0) * header.Number(323, 0) * layout.BytesPerPixel > LargestTile)
            throw Fault.Unsupported(name, $"the TIFF file has tiles of {header.Number(322, 0)} x {header.Number(323, 0)} pixels");
        return layout;
    }

    /// <summary>Refuses a file that cannot hold all its pixels, before memory is taken for them.</summary>
    internal static void CheckData(ReadOnlySpan<byte> file, string name, TiffLayout layout)
    {
        var header = new TiffHeader(file, name);
        if (!header.DataLiesInside(layout.Tiled))
            throw Fault.Truncated(name, PictureFormat.Tiff);
        if (layout.Compression == 1 && !layout.Tiled && header.Has(279) && header.Sum(279) < layout.RowBytes * layout.Height * (layout.Planar ? layout.Samples : 1))
            throw Fault.Truncated(name, PictureFormat.Tiff);
    }

    private ushort UInt16(int at) =>
        _little ? BinaryPrimitives.ReadUInt16LittleEndian(_file[at..]) : BinaryPrimitives.ReadUInt16BigEndian(_file[at..]);

    private uint UInt32(int at) =>
        _little ? BinaryPrimitives.ReadUInt32LittleEndian(_file[at..]) : BinaryPrimitives.ReadUInt32BigEndian(_file[at..]);

    private void CheckValues(string name)
    {
        for (int i = 0; i < _entries; i++)
        {
            int at = _directory + (12 * i);
            long bytes = UInt32(at + 4) * Size(UInt16(at + 2));
            if (bytes > 4 && UInt32(at + 8) + bytes > _file.Length)
                throw Fault.Damaged(name, $"the TIFF file's value {UInt16(at)} lies outside the file");
        }
    }

    // Strips (273, 279) or tiles (324, 325): offsets and byte counts.
    private bool DataLiesInside(bool tiled)
    {
        int offsets = Find(tiled ? (ushort)324 : (ushort)273), counts = Find(tiled ? (ushort)325 : (ushort)279);
        if (offsets < 0)
            return false;
        for (uint i = 0, n = UInt32(offsets + 4); i < n; i++)
        {
            // Some writers leave the counts away; then the decoder looks for the end.
            long count = counts >= 0 && i < UInt32(counts + 4) ? Value(counts, i) : 1;
            if (Value(offsets, i) + count > _file.Length)
                return false;
        }

        return true;
    }

    private bool Has(ushort tag) => Find(tag) >= 0;

    private long Number(ushort tag, long otherwise)
    {
        int at = Find(tag);
        return at < 0 || UInt32(at + 4) == 0 ? otherwise : Value(at, 0);
    }

    private long Sum(ushort tag)
    {
        int at = Find(tag);
        long sum = 0;
        for (uint i = 0, n = UInt32(at + 4); i < n; i++)
            sum += Value(at, i);
        return sum;
    }

    private long Value(int entry, uint index)
    {
        ushort type = UInt16(entry + 2);
        long size = Size(type);
        long at = UInt32(entry + 4) * size <= 4 ? entry + 8 : UInt32(entry + 8);
        at += index * size;
        return type switch { 3 or 8 => UInt16((int)at), 4 or 9 or 13 => UInt32((int)at), 1 or 2 or 6 or 7 => _file[(int)at], _ => -1 };
    }

    private int Find(ushort tag)
    {
        for (int i = 0; i < _entries; i++)
        {
            if (UInt16(_directory + (12 * i)) == tag)
                return _directory + (12 * i);
        }

        return -1;
    }

    private static long Size(ushort type) => type switch { 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 => 8, _ => 1 };
}
