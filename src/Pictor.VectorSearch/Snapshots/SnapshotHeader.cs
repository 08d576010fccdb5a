using System.Buffers.Binary;
using System.Numerics;

namespace Pictor.VectorSearch.Snapshots;

/// <summary>
/// The first 32 bytes of an index file, little endian: "PICTORVX", version, dimensions, rows (64 bits), reserved, CRC-32C of the 28 bytes before.
/// Then follow blocks of up to <see cref="RowsPerBlock"/> rows: ids (64 bits each), rows (fp32), CRC-32C of the block carried on from the one before,
/// so that a block in the wrong place is found as well. Codes are not stored: making them anew takes less time than trusting them.
/// </summary>
internal readonly record struct SnapshotHeader(int Dimensions, long Rows)
{
    public const int Size = 32;
    private const int Version = 1;
    private const int BlockBytes = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "PICTORVX"u8;

    /// <summary>Rows of a full block.</summary>
    public int RowsPerBlock => Math.Max(1, BlockBytes / RowBytes);

    /// <summary>Bytes of a row with its id.</summary>
    public int RowBytes => sizeof(long) + (Dimensions * sizeof(float));

    /// <summary>Bytes of the whole file.</summary>
    public long FileBytes => Size + (Rows * RowBytes) + ((Rows + RowsPerBlock - 1) / RowsPerBlock * sizeof(uint));

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Dimensions);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Crc32C(0, bytes[..28]));
    }

    /// <summary>Reads a header; otherwise says what is wrong with it.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, long fileBytes, out SnapshotHeader header)
    {
        header = default;
        if (bytes.Length < Size || !bytes.StartsWith(Magic)) return "this is not a vector index of Pictor";
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C(0, bytes[..28])) return "its header is damaged";
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != Version) return $"it has format {version}, but this program reads format {Version}";
        header = new SnapshotHeader(BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
        if (header.Dimensions is < 1 or > FlatIndex.MaxDimensions || header.Rows is < 0 or > int.MaxValue) return "its header tells impossible numbers";
        return fileBytes == header.FileBytes ? null : $"it has {fileBytes} bytes where {header.FileBytes} were expected, so a part is missing or was added";
    }

    /// <summary>CRC-32C (Castagnoli, as in iSCSI), carried on from an earlier one.</summary>
    public static uint Crc32C(uint before, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~before;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
