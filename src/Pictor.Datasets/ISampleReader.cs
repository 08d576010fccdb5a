using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Where the pixels of a data set come from. Safe from several threads.</summary>
internal interface ISampleReader : IDisposable
{
    /// <summary>Decodes one sample, upright.</summary>
    Pixels Read(Sample sample, DecodeOptions? options);

    /// <summary>The picture file as it is stored; null where the sample is a record of raw pixels.</summary>
    ReadOnlyMemory<byte>? FileOf(Sample sample);

    /// <summary>Size, grey or colour, without decoding.</summary>
    PictureHeader ReadHeader(Sample sample);

    /// <summary>Both at once, the file being read once.</summary>
    (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options);

    /// <summary>The planes of a sample where they are at hand in exactly this shape without decoding; else empty.</summary>
    ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape);
}
