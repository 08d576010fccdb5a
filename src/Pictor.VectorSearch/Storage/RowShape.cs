using System.Numerics;

namespace Pictor.VectorSearch.Storage;

/// <summary>How rows of one index lie in memory.</summary>
/// <param name="Dimensions">Length of a vector.</param>
/// <param name="RowsPerChunk">A power of two, at least <see cref="ScanGroup"/>.</param>
internal readonly record struct RowShape(int Dimensions, int RowsPerChunk)
{
    /// <summary>Kernels and bounds take up to this many rows at a time, so a chunk holds a multiple of it.</summary>
    public const int ScanGroup = 8;

    /// <summary>Codes of a chunk fill about one huge page.</summary>
    private const int CodesPerChunk = 2 << 20;

    private const int MostRowsPerChunk = 1 << 15;

    /// <summary>Bytes from the codes of a row to those of the next: whole cache lines.</summary>
    public int CodeStride => (Dimensions + 63) & ~63;

    /// <summary>Numbers from a row to the next: whole cache lines.</summary>
    public int RowStride => (Dimensions + 15) & ~15;

    /// <summary>Which chunk holds a slot.</summary>
    public int ChunkOf(int slot) => slot >> BitOperations.Log2((uint)RowsPerChunk);

    /// <summary>Which row of its chunk a slot is.</summary>
    public int RowInChunk(int slot) => slot & (RowsPerChunk - 1);

    /// <summary>The shape for vectors of a length.</summary>
    public static RowShape For(int dimensions)
    {
        int stride = new RowShape(dimensions, ScanGroup).CodeStride;
        int rows = (int)BitOperations.RoundUpToPowerOf2((uint)(CodesPerChunk / stride) + 1) / 2;
        return new RowShape(dimensions, Math.Clamp(rows, ScanGroup, MostRowsPerChunk));
    }
}
