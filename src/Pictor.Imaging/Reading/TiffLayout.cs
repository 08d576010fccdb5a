namespace Pictor.Imaging;

/// <summary>How the pixels of a TIFF file are stored; the numbers are those of TIFF 6.0.</summary>
internal readonly record struct TiffLayout(
    long Width, long Height, int Bits, int Samples, int Photometric, int Compression, bool Planar, bool Tiled, int SampleFormat, int Extra)
{
    private const int WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, Palette = 3, YCbCr = 6, Jpeg = 7;

    /// <summary>One grey channel, apart from alpha.</summary>
    internal bool Grey => Photometric is WhiteIsZero or BlackIsZero && Colours == 1;

    internal bool Inverted => Photometric == WhiteIsZero;

    internal bool Indexed => Photometric == Palette;

    /// <summary>YCbCr in JPEG: the decoder is asked for RGB.</summary>
    internal bool JpegColour => Photometric == YCbCr && Compression == Jpeg;

    /// <summary>The first extra sample is alpha: 1 premultiplied, 2 not; others are ignored.</summary>
    internal int Alpha => Samples > Colours && Extra is 1 or 2 ? Extra : 0;

    /// <summary>Samples before the extra ones.</summary>
    internal int Colours => Photometric is Rgb or YCbCr ? 3 : 1;

    internal long BytesPerPixel => ((Samples * Bits) + 7) / 8;

    /// <summary>Bytes of one row of one plane.</summary>
    internal long RowBytes => ((Width * Bits * (Planar ? 1 : Samples)) + 7) / 8;

    /// <summary>Rows can be read one by one: strips of interleaved samples in a colour model that needs no arithmetic.</summary>
    internal bool ByRows => !Tiled && (!Planar || Samples == 1) && Samples >= Colours && (!Indexed || Bits <= 8)
        && (Photometric is WhiteIsZero or BlackIsZero or Rgb or Palette || (JpegColour && Bits == 8));
}
