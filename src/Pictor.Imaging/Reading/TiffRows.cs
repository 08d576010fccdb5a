using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Pictor.Imaging;

/// <summary>Grey, RGB and palette pictures, row by row; memory beside the result is one row and one compressed strip.</summary>
internal static class TiffRows
{
    /// <returns>False when a row is missing or not valid.</returns>
    internal static bool Read(Tiff tiff, TiffLayout layout, Pixels pixels)
    {
        if (layout.JpegColour)
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        byte[] row = new byte[tiff.ScanlineSize()];
        if (row.Length < layout.RowBytes)
            return false;
        byte[] samples = new byte[layout.Width * layout.Samples];
        byte[]? palette = layout.Indexed ? Palette(tiff, layout.Bits) : null;
        for (int y = 0; y < pixels.Height; y++)
        {
            if (!tiff.ReadScanline(row, y))
                return false;
            Widen(row, layout.Bits, samples, scale: palette is null);
            Span<byte> result = pixels.Data.AsSpan(y * pixels.Width * pixels.Channels, pixels.Width * pixels.Channels);
            if (palette is null)
                Write(samples, layout, result);
            else
                Look(samples, layout.Samples, palette, result);
        }

        return true;
    }

    // To one byte a sample: colours are stretched to 0..255, indices kept as they are.
    private static void Widen(byte[] row, int bits, Span<byte> samples, bool scale)
    {
        if (bits == 8)
        {
            row.AsSpan(0, samples.Length).CopyTo(samples);
        }
        else if (bits == 16)
        {
            ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(row);
            for (int i = 0; i < samples.Length; i++)
                samples[i] = (byte)(words[i] >> 8);
        }
        else
        {
            int perByte = 8 / bits, mask = (1 << bits) - 1, factor = scale ? 255 / mask : 1;
            for (int i = 0; i < samples.Length; i++)
                samples[i] = (byte)(((row[i / perByte] >> (8 - bits - (i % perByte * bits))) & mask) * factor);
        }
    }

    private static void Write(ReadOnlySpan<byte> samples, TiffLayout layout, Span<byte> result)
    {
        int colours = layout.Colours, step = layout.Samples;
        int flip = layout.Inverted ? 255 : 0;
        for (int x = 0; x < result.Length / colours; x++)
        {
            ReadOnlySpan<byte> pixel = samples.Slice(x * step, step);
            int alpha = layout.Alpha == 0 ? 255 : pixel[colours];
            for (int c = 0; c < colours; c++)
            {
                int value = pixel[c] ^ flip;
                result[(x * colours) + c] = layout.Alpha switch
                {
                    0 => (byte)value,
                    1 => (byte)Math.Min(255, value + 255 - alpha),
                    _ => Packing.OverWhite(value, alpha),
                };
            }
        }
    }

    private static void Look(ReadOnlySpan<byte> indices, int step, byte[] palette, Span<byte> result)
    {
        for (int x = 0; x < result.Length / 3; x++)
            palette.AsSpan(indices[x * step] * 3, 3).CopyTo(result[(x * 3)..]);
    }

    // Palettes hold 16 bits a colour; some old writers filled in only 8 (then no value exceeds 255).
    private static byte[] Palette(Tiff tiff, int bits)
    {
        FieldValue[] maps = tiff.GetField(TiffTag.COLORMAP);
        ushort[][] colours = [maps[0].ToUShortArray(), maps[1].ToUShortArray(), maps[2].ToUShortArray()];
        int shift = colours.Any(map => map.Any(value => value > 255)) ? 8 : 0;
        byte[] palette = new byte[256 * 3];
        for (int i = 0; i < 1 << bits; i++)
        {
            for (int c = 0; c < 3; c++)
                palette[(i * 3) + c] = (byte)(colours[c][i] >> shift);
        }

        return palette;
    }
}
