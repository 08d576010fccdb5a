namespace Pictor.Imaging;

internal static class TiffHeader
{
    internal static FileFacts Read(ReadOnlySpan<byte> file, string name) =>
        throw Fault.Unsupported(name, $"TIFF files are not read yet ({file.Length} bytes)");
}
