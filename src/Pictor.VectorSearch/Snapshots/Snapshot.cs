using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Snapshots;

/// <summary>Writes and reads the rows of an index as one checksummed file (<see cref="SnapshotHeader"/>).</summary>
internal static class Snapshot
{
    private const string Remedy = "Delete the file: it is derived data, and the index is made again from the vectors.";

    /// <summary>Writes everything to a new file.</summary>
    public static void Write(RowStore store, FileStream file)
    {
        var header = new SnapshotHeader(store.Shape.Dimensions, store.Count);
        byte[] block = ArrayPool<byte>.Shared.Rent(Math.Max(SnapshotHeader.Size, (header.RowsPerBlock * header.RowBytes) + sizeof(uint)));
        try
        {
            header.Write(block);
            file.Write(block, 0, SnapshotHeader.Size);
            uint crc = 0;
            for (int first = 0; first < store.Count; first += header.RowsPerBlock)
            {
                int rows = Math.Min(header.RowsPerBlock, store.Count - first), bytes = rows * header.RowBytes;
                for (int row = 0; row < rows; row++)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(row * sizeof(long)), store.IdOf(first + row));
                    ReadOnlySpan<float> values = store.RowOf(first + row)[..header.Dimensions];
                    MemoryMarshal.AsBytes(values).CopyTo(block.AsSpan((rows * sizeof(long)) + (row * values.Length * sizeof(float))));
                }

                crc = SnapshotHeader.Crc32C(crc, block.AsSpan(0, bytes));
                BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(bytes), crc);
                file.Write(block, 0, bytes + sizeof(uint));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Reads a file into a new store.</summary>
    /// <exception cref="InputException">The file is damaged or none of ours.</exception>
    public static RowStore Read(FileStream file)
    {
        byte[] start = new byte[SnapshotHeader.Size];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (SnapshotHeader.Read(start.AsSpan(0, read), file.Length, out SnapshotHeader header) is { } problem) throw Damaged(file, problem);

        byte[] block = ArrayPool<byte>.Shared.Rent((header.RowsPerBlock * header.RowBytes) + sizeof(uint));
        var store = new RowStore(RowShape.For(header.Dimensions));
        try
        {
            uint crc = 0;
            for (long first = 0; first < header.Rows; first += header.RowsPerBlock)
            {
                int rows = (int)Math.Min(header.RowsPerBlock, header.Rows - first), bytes = rows * header.RowBytes;
                file.ReadExactly(block, 0, bytes + sizeof(uint));
                crc = SnapshotHeader.Crc32C(crc, block.AsSpan(0, bytes));
                if (crc != BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(bytes))) throw Damaged(file, $"the checksum of rows {first} to {first + rows - 1} is wrong");
                Add(store, block.AsSpan(0, bytes), rows);
            }

            // Rows are well formed only if whoever wrote the file was: a matching checksum does not prove it.
            if (store.Count != header.Rows) throw Damaged(file, "it holds an id twice or a vector that an index does not take");
            return store;
        }
        catch (EndOfStreamException e)
        {
            store.Dispose();
            throw Damaged(file, "it ends in the middle of a block", e);
        }
        catch
        {
            store.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void Add(RowStore store, ReadOnlySpan<byte> block, int rows)
    {
        int dimensions = store.Shape.Dimensions;
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(block[(rows * sizeof(long))..]);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> vector = values.Slice(row * dimensions, dimensions);
            if (FlatIndex.CanHold(vector)) store.Set(BinaryPrimitives.ReadInt64LittleEndian(block[(row * sizeof(long))..]), vector);
        }
    }

    private static InputException Damaged(FileStream file, string problem, Exception? inner = null) =>
        new(file.Name, problem, Remedy, inner) { Code = "index.damaged" };
}
