namespace Pictor.Imaging;

/// <summary>Bytes in, upright pixels out: sniff, guard by the header, decode (shrinking while reading where the format allows), turn upright.</summary>
public static class PictureReader
{
    /// <summary>The format by the first bytes (16 are enough).</summary>
    public static PictureFormat Sniff(ReadOnlySpan<byte> start) => throw new NotImplementedException();

    /// <summary>Reads and guards the header; no pixel is decoded.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static PictureHeader ReadHeader(ReadOnlyMemory<byte> file, string name, DecodeOptions? options = null) => throw new NotImplementedException();

    /// <summary>Decodes the first frame, upright, alpha flattened onto white.</summary>
    /// <returns>1 channel for grey files, else 3.</returns>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public static Pixels Decode(ReadOnlyMemory<byte> file, string name, DecodeOptions? options = null) => throw new NotImplementedException();
}
