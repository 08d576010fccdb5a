namespace Pictor.Imaging;

internal static class TiffDecoder
{
    internal static Pixels Decode(ReadOnlyMemory<byte> file, string name, FileFacts facts) =>
        throw Fault.Unsupported(name, $"TIFF files are not read yet ({file.Length} bytes, {facts.Width} pixels wide)");
}
