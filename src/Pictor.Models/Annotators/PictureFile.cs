using Pictor.Imaging;

namespace Pictor.Models.Annotators;

/// <summary>A picture file's bytes, guarded by size before any is read.</summary>
internal static class PictureFile
{
    public static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            long length = new FileInfo(file).Length;
            if (length > DecodeOptions.Default.MaxBytes)
                throw new PictureException("picture.too-large", file, $"it has {length} bytes, more than the {DecodeOptions.Default.MaxBytes} that are read", "Give a smaller file.");
            return await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = e is FileNotFoundException or DirectoryNotFoundException ? Directory.Exists(file) ? "it is a folder, not a picture" : "there is no such file" : $"it cannot be read: {e.Message}";
            throw new InputException(file, problem, "Give the path of a picture file.", e) { Code = "picture.not-readable" };
        }
    }
}
