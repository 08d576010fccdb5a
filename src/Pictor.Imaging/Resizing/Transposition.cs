using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pictor.Imaging;

/// <summary>Rows become columns, in blocks of 8 x 8 bytes held in eight registers.</summary>
internal static class Transposition
{
    /// <param name="source">[height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="target">[width, height].</param>
    internal static void Run(ReadOnlySpan<byte> source, int height, int width, Span<byte> target)
    {
        int rows = height & ~7, columns = width & ~7;
        for (int y = 0; y < rows; y += 8)
        {
            for (int x = 0; x < columns; x += 8)
                Block(source[((y * width) + x)..], width, target[((x * height) + y)..], height);
        }

        for (int y = 0; y < height; y++)
        {
            for (int x = y < rows ? columns : 0; x < width; x++)
                target[(x * height) + y] = source[(y * width) + x];
        }
    }

    private static void Block(ReadOnlySpan<byte> source, int stride, Span<byte> target, int targetStride)
    {
        Span<ulong> rows = stackalloc ulong[8];
        for (int i = 0; i < 8; i++)
            rows[i] = BinaryPrimitives.ReadUInt64LittleEndian(source[(i * stride)..]);
        for (int i = 0; i < 4; i++)
            Swap(ref rows[i], ref rows[i + 4], 32, 0x00000000FFFFFFFF);
        for (int i = 0; i < 8; i += i % 4 == 1 ? 3 : 1)
            Swap(ref rows[i], ref rows[i + 2], 16, 0x0000FFFF0000FFFF);
        for (int i = 0; i < 8; i += 2)
            Swap(ref rows[i], ref rows[i + 1], 8, 0x00FF00FF00FF00FF);
        for (int i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(target[(i * targetStride)..], rows[i]);
    }

    /// <summary>Exchanges the upper parts of <paramref name="a"/> with the lower parts of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref ulong a, ref ulong b, int bits, ulong mask)
    {
        ulong different = ((a >> bits) ^ b) & mask;
        b ^= different;
        a ^= different << bits;
    }
}
