using SkiaSharp;

namespace Pictor.Imaging;

/// <summary>Pixels in, file bytes out.</summary>
public static class PictureWriter
{
    /// <summary>A JPEG file.</summary>
    /// <param name="pixels">The picture; sides up to 65,535.</param>
    /// <param name="quality">1..100.</param>
    /// <exception cref="ArgumentException">Sides, channels or data do not fit together, or the quality is out of range.</exception>
    public static byte[] Jpeg(Pixels pixels, int quality = 88)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(pixels, map => map.Encode(new SKJpegEncoderOptions(quality)));
    }

    /// <summary>A PNG file; grey stays grey.</summary>
    /// <param name="pixels">The picture; sides up to 65,535.</param>
    /// <exception cref="ArgumentException">Sides, channels or data do not fit together.</exception>
    public static byte[] Png(Pixels pixels) => Encode(pixels, map => map.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6)));

    private static unsafe byte[] Encode(Pixels pixels, Func<SKPixmap, SKData?> encode)
    {
        PixelGuard.Check(pixels);
        bool grey = pixels.Channels == 1;
        byte[] data = grey ? pixels.Data : Packing.AddAlpha(pixels.Data);
        var info = new SKImageInfo(pixels.Width, pixels.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        fixed (byte* p = data)
        {
            using var map = new SKPixmap(info, (nint)p, info.RowBytes);
            using SKData? file = encode(map);
            return file?.ToArray() ?? throw new InvalidOperationException($"A {pixels.Width} x {pixels.Height} picture could not be encoded.");
        }
    }
}
