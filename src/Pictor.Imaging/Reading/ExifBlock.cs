using System.Buffers.Binary;
using System.Text;

namespace Pictor.Imaging;

/// <summary>The small TIFF structure that EXIF is kept in. Only offsets inside the block are followed, and no directory leads to another by itself, so that no block can loop or cost memory.</summary>
internal readonly ref struct ExifBlock
{
    private const int LongestText = 256;

    private readonly ReadOnlySpan<byte> _block;
    private readonly bool _little;

    private ExifBlock(ReadOnlySpan<byte> block)
    {
        _block = block;
        _little = block[0] == 'I';
    }

    /// <summary>Where the first directory stands.</summary>
    internal uint First => UInt32(4);

    internal static bool TryOpen(ReadOnlySpan<byte> block, out ExifBlock opened)
    {
        bool valid = block.Length >= 14 && (block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8));
        opened = valid ? new ExifBlock(block) : default;
        return valid;
    }

    internal bool Has(uint directory, ushort tag) => Entry(directory, tag) >= 0;

    internal long? Number(uint directory, ushort tag)
    {
        int at = Entry(directory, tag);
        if (at < 0)
            return null;
        return UInt16(at + 2) switch { 1 => _block[at + 8], 3 => UInt16(at + 8), 4 or 13 => UInt32(at + 8), _ => null };
    }

    internal string? Text(uint directory, ushort tag)
    {
        int at = Entry(directory, tag);
        if (at < 0 || UInt16(at + 2) != 2)
            return null;
        uint length = Math.Min(UInt32(at + 4), LongestText);
        uint start = UInt32(at + 4) <= 4 ? (uint)at + 8 : UInt32(at + 8);
        if (start > _block.Length || length > _block.Length - start)
            return null;
        ReadOnlySpan<byte> text = _block.Slice((int)start, (int)length);
        int end = text.IndexOf((byte)0);
        string clean = string.Concat(Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Where(c => !char.IsControl(c) && c != '\uFFFD')).Trim();
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>Bytes of any type; empty when there are none or they lie outside.</summary>
    internal Range Bytes(uint directory, ushort tag)
    {
        int at = Entry(directory, tag);
        if (at < 0)
            return default;
        long length = UInt32(at + 4) * (UInt16(at + 2) switch { 3 or 8 => 2L, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 => 8, _ => 1 });
        long start = length <= 4 ? at + 8 : UInt32(at + 8);
        return start + length <= _block.Length ? (int)start..(int)(start + length) : default;
    }

    /// <summary>A fraction of two 32-bit numbers; null when it has no value.</summary>
    internal double? Fraction(uint directory, ushort tag)
    {
        int at = Entry(directory, tag);
        return at < 0 || UInt16(at + 2) != 5 || UInt32(at + 4) != 1 || UInt32(at + 8) > _block.Length - 8 ? null : Fraction((int)UInt32(at + 8));
    }

    /// <summary>Degrees, minutes and seconds, each a fraction, as one number; null when one has no value.</summary>
    internal double? Degrees(uint directory, ushort tag)
    {
        int at = Entry(directory, tag);
        if (at < 0 || UInt16(at + 2) != 5 || UInt32(at + 4) != 3 || UInt32(at + 8) > _block.Length - 24)
            return null;
        int start = (int)UInt32(at + 8);
        return Fraction(start) + (Fraction(start + 8) / 60) + (Fraction(start + 16) / 3600);
    }

    private double? Fraction(int at) => UInt32(at + 4) == 0 ? null : UInt32(at) / (double)UInt32(at + 4);

    private uint UInt32(int at) => _little ? BinaryPrimitives.ReadUInt32LittleEndian(_block[at..]) : BinaryPrimitives.ReadUInt32BigEndian(_block[at..]);

    private ushort UInt16(int at) => _little ? BinaryPrimitives.ReadUInt16LittleEndian(_block[at..]) : BinaryPrimitives.ReadUInt16BigEndian(_block[at..]);

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
