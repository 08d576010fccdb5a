using BitMiracle.LibTiff.Classic;

namespace Pictor.Imaging;

/// <summary>All other layouts (tiles, separate planes, CMYK, YCbCr, Lab): the library turns one strip or tile at a time into RGBA, bottom row first.</summary>
internal static class TiffRaster
{
    /// <returns>False when a strip or tile is missing or not valid.</returns>
    internal static bool Read(Tiff tiff, TiffLayout layout, Pixels pixels, string name)
    {
        if (!tiff.RGBAImageOK(out string reason))
            throw Fault.Unsupported(name, $"this kind of TIFF file cannot be decoded ({reason})");

        // The rows are wanted as stored; turning upright is done for all formats alike, later.
        tiff.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);
        return layout.Tiled ? Tiles(tiff, pixels) : Strips(tiff, pixels);
    }

    private static bool Strips(Tiff tiff, Pixels pixels)
    {
        long perStrip = tiff.GetField(TiffTag.ROWSPERSTRIP) is [var value, ..] ? (uint)value.ToInt() : uint.MaxValue;
        int rows = (int)Math.Clamp(perStrip, 1, pixels.Height);
        var raster = new int[rows * pixels.Width];
        for (int y = 0; y < pixels.Height; y += rows)
        {
            if (!tiff.ReadRGBAStrip(y, raster))
                return false;
            Copy(raster, pixels.Width, Math.Min(rows, pixels.Height - y), pixels, 0, y, Math.Min(rows, pixels.Height - y));
        }

        return true;
    }

    private static bool Tiles(Tiff tiff, Pixels pixels)
    {
        int width = tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt(), height = tiff.GetField(TiffTag.TILELENGTH)[0].ToInt();
        if (width < 1 || height < 1 || (long)width * height > TiffHeader.LargestTile)
            return false;
        var raster = new int[width * height];
        for (int y = 0; y < pixels.Height; y += height)
        {
            for (int x = 0; x < pixels.Width; x += width)
            {
                if (!tiff.ReadRGBATile(x, y, raster))
                    return false;
                Copy(raster, width, height, pixels, x, y, Math.Min(height, pixels.Height - y));
            }
        }

        return true;
    }

    // The library's RGBA is premultiplied.
    private static void Copy(int[] raster, int stride, int rasterRows, Pixels pixels, int left, int top, int rows)
    {
        int columns = Math.Min(stride, pixels.Width - left);
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<int> from = raster.AsSpan((rasterRows - 1 - y) * stride, columns);
            Span<byte> to = pixels.Data.AsSpan((((top + y) * pixels.Width) + left) * pixels.Channels);
            for (int x = 0; x < columns; x++)
            {
                int white = 255 - Tiff.GetA(from[x]);
                to[x * pixels.Channels] = (byte)Math.Min(255, Tiff.GetR(from[x]) + white);
                if (pixels.Channels == 3)
                {
                    to[(x * 3) + 1] = (byte)Math.Min(255, Tiff.GetG(from[x]) + white);
                    to[(x * 3) + 2] = (byte)Math.Min(255, Tiff.GetB(from[x]) + white);
                }
            }
        }
    }
}
