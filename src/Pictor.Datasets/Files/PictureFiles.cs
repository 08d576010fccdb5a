using System.Text;
using Pictor.Imaging;

namespace Pictor.Datasets.Files;

/// <summary>Tells by the first bytes whether a file is a picture, and hashes it.</summary>
internal static class PictureFiles
{
    /// <summary>The hash of a picture, or why the file is none.</summary>
    /// <param name="files">The files.</param>
    /// <param name="file">Which one.</param>
    /// <param name="look">Called with the whole file, which is read once; what it throws as <see cref="InputException"/> becomes the reason.</param>
    public static (string? Sha256, string? Reason) Check(IFileSet files, int file, Action<ReadOnlyMemory<byte>>? look = null)
    {
        long length = files.Files[file].Length;

        // Zero bytes is also what pipes and devices report; opening one of those could wait for ever.
        if (length == 0)
            return (null, "The file is empty.");
        try
        {
            byte[] start = files.ReadStart(file, 16);
            if (PictureReader.Sniff(start) == PictureFormat.Unknown)
                return (null, $"It is no picture: it starts with {Show(start)}, which is none of JPEG, PNG, BMP, WebP, GIF and TIFF.");
            if (length > DecodeOptions.Default.MaxBytes)
                return (null, $"The file is too large: {length} bytes, more than {DecodeOptions.Default.MaxBytes}.");
            ReadOnlyMemory<byte> bytes = files.Read(file);
            look?.Invoke(bytes);
            return (ContentHash.Sha256Of(bytes.Span), null);
        }
        catch (InputException e)
        {
            return (null, e.Problem.EndsWith('.') ? e.Problem : e.Problem + ".");
        }
    }

    private static string Show(byte[] start) => Array.TrueForAll(start, b => b is (>= 32 and < 127) or 9 or 10 or 13)
        ? $"the text '{Encoding.ASCII.GetString(start).ReplaceLineEndings(" ").Replace('\t', ' ')}'"
        : $"the bytes {Convert.ToHexStringLower(start.AsSpan(0, Math.Min(8, start.Length)))}";
}
