using System.Buffers.Binary;

namespace Pictor.Imaging;

/// <summary>
/// A fingerprint as bytes, little-endian: version; pixel hash; aspect; width, height and pixels of the fine grey copy; the coarse copy; working size and corners, 42 bytes each (place in
/// sixteenths of a pixel, level, angle, bits). 2.6 KB, and 4.2 KB more for a hundred corners.
/// </summary>
internal static class FingerprintBytes
{
    private const byte Version = 1;
    private const int CornerLength = 42;
    private const int Coarse = GreyCopy.CoarseSide * GreyCopy.CoarseSide;

    internal static byte[] Write(GreyCopy copy, CornerSet? corners, UInt128 hash)
    {
        byte[] bytes = new byte[1 + 16 + 8 + 2 + copy.Fine.Length + Coarse + 6 + ((corners?.Corners.Length ?? 0) * CornerLength)];
        Span<byte> at = bytes;
        at[0] = (byte)(Version | (copy.IsWhole ? 0x80 : 0) | (corners is null ? 0x40 : 0));
        BinaryPrimitives.WriteUInt128LittleEndian(at[1..], hash);
        BinaryPrimitives.WriteDoubleLittleEndian(at[17..], copy.Aspect);
        (at[25], at[26]) = ((byte)copy.Width, (byte)copy.Height);
        at = at[27..];
        copy.Fine.CopyTo(at);
        copy.Coarse.CopyTo(at[copy.Fine.Length..]);
        at = at[(copy.Fine.Length + Coarse)..];
        BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(corners?.Width ?? 0));
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)(corners?.Height ?? 0));
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], (ushort)(corners?.Corners.Length ?? 0));
        at = at[6..];
        foreach (Corner corner in corners?.Corners ?? [])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)MathF.Round(corner.X * 16));
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)MathF.Round(corner.Y * 16));
            BinaryPrimitives.WriteUInt16LittleEndian(at[4..], (ushort)MathF.Round(corner.Scale * 4096));
            BinaryPrimitives.WriteSingleLittleEndian(at[6..], corner.Angle);
            BinaryPrimitives.WriteUInt64LittleEndian(at[10..], corner.Bits.A);
            BinaryPrimitives.WriteUInt64LittleEndian(at[18..], corner.Bits.B);
            BinaryPrimitives.WriteUInt64LittleEndian(at[26..], corner.Bits.C);
            BinaryPrimitives.WriteUInt64LittleEndian(at[34..], corner.Bits.D);
            at = at[CornerLength..];
        }

        return bytes;
    }

    /// <returns>Null when it is of another version or damaged.</returns>
    internal static (GreyCopy Copy, CornerSet? Corners, UInt128 Hash)? Read(ReadOnlySpan<byte> at)
    {
        if (at.Length < 27 || (at[0] & 0x3F) != Version)
            return null;
        (bool whole, bool none) = ((at[0] & 0x80) != 0, (at[0] & 0x40) != 0);
        UInt128 hash = BinaryPrimitives.ReadUInt128LittleEndian(at[1..]);
        double aspect = BinaryPrimitives.ReadDoubleLittleEndian(at[17..]);
        (int width, int height) = (at[25], at[26]);
        at = at[27..];
        int fine = width * height;
        if (fine == 0 || at.Length < fine + Coarse + 6 || !(aspect > 0))
            return null;
        GreyCopy copy = GreyCopy.From(new Pixels(width, height, 1, at[..fine].ToArray()), at.Slice(fine, Coarse).ToArray(), aspect, whole);
        at = at[(fine + Coarse)..];
        (int w, int h, int count) = (BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..]), BinaryPrimitives.ReadUInt16LittleEndian(at[4..]));
        at = at[6..];
        if (at.Length != count * CornerLength)
            return null;
        var corners = new Corner[count];
        for (int i = 0; i < count; i++, at = at[CornerLength..])
        {
            corners[i] = new Corner(
                BinaryPrimitives.ReadUInt16LittleEndian(at) / 16f, BinaryPrimitives.ReadUInt16LittleEndian(at[2..]) / 16f, BinaryPrimitives.ReadUInt16LittleEndian(at[4..]) / 4096f,
                BinaryPrimitives.ReadSingleLittleEndian(at[6..]),
                new CornerBits(BinaryPrimitives.ReadUInt64LittleEndian(at[10..]), BinaryPrimitives.ReadUInt64LittleEndian(at[18..]), BinaryPrimitives.ReadUInt64LittleEndian(at[26..]), BinaryPrimitives.ReadUInt64LittleEndian(at[34..])));
        }

        return (copy, none ? null : new CornerSet(w, h, corners), hash);
    }
}
