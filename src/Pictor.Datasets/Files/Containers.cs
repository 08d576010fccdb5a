using System.IO.Compression;
using System.Text;
using Pictor.Imaging;

namespace Pictor.Datasets.Files;

/// <summary>Tells by its first bytes what a single file is, and opens it when it is an archive.</summary>
internal static class Containers
{
    private const int TarBlock = 512;

    /// <exception cref="InputException">The file is no archive that Pictor reads; says what it is instead.</exception>
    public static IFileSet Open(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        byte[] start = StartOf(path);
        if (start is [0x50, 0x4B, 3, 4, ..] or [0x50, 0x4B, 5, 6, ..])
            return new ZipFiles(path, cancellationToken);
        if (IsTar(start))
            return new TarFiles(path, compressed: false, progress, cancellationToken);
        if (start is [0x1F, 0x8B, ..])
        {
            byte[] inner = Inflate(path);
            if (IsTar(inner))
                return new TarFiles(path, compressed: true, progress, cancellationToken);
            throw inner is [0, 0, >= 8 and <= 14, _, ..] ? SingleIdx(path) : new InputException(path, "This is a gzip file without a tar inside", DatasetOpener.Understood);
        }

        throw start is [0, 0, >= 8 and <= 14, >= 1 and <= 4, ..] ? SingleIdx(path) : new InputException(path, $"This file is {Describe(start)}", DatasetOpener.Understood);
    }

    private static InputException SingleIdx(string path) => new(path, "This is a single IDX file, and pictures and labels come in two", "Give the folder that holds both.");

    private static byte[] StartOf(string path)
    {
        try
        {
            // Pipes and devices report no length, and reading one could wait for ever.
            if (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Length: 0 } || new FileInfo(path).Length == 0)
                throw new InputException(path, "This file is empty", DatasetOpener.Understood);
            using FileStream stream = File.OpenRead(path);
            var start = new byte[TarBlock];
            return start[..stream.ReadAtLeast(start, TarBlock, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"The file cannot be read ({e.Message})", "Check the rights of the file.", e);
        }
    }

    private static byte[] Inflate(string path)
    {
        try
        {
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var start = new byte[TarBlock];
            return start[..gzip.ReadAtLeast(start, TarBlock, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException e)
        {
            throw new InputException(path, "The gzip compression is damaged", "Fetch or pack it again.", e) { Code = "data.damaged-archive" };
        }
    }

    /// <summary>A tar block is told by its checksum, which very old archives have too; an empty archive is all zeros.</summary>
    private static bool IsTar(ReadOnlySpan<byte> block)
    {
        if (block.Length < TarBlock)
            return false;
        if (!block.ContainsAnyExcept((byte)0))
            return true;
        int sum = 8 * ' ';
        for (int i = 0; i < TarBlock; i++)
            sum += i is >= 148 and < 156 ? 0 : block[i];
        string field = Encoding.ASCII.GetString(block.Slice(148, 8)).Trim('\0', ' ');
        int said = 0;
        foreach (char digit in field)
        {
            if (digit is < '0' or > '7')
                return false;
            said = (said * 8) + (digit - '0');
        }

        return field.Length > 0 && said == sum;
    }

    private static string Describe(byte[] start) => start switch
    {
        _ when PictureReader.Sniff(start) is var format and not PictureFormat.Unknown => $"one picture ({format}), not a data set",
        [0x42, 0x5A, 0x68, ..] => "compressed by bzip2; repack it as .tar.gz or .zip",
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, ..] => "compressed by xz; repack it as .tar.gz or .zip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "compressed by zstd; repack it as .tar.gz or .zip",
        [0x37, 0x7A, 0xBC, 0xAF, ..] => "a 7z archive; repack it as .tar.gz or .zip",
        [0x52, 0x61, 0x72, 0x21, ..] => "a rar archive; repack it as .tar.gz or .zip",
        [0x50, 0x41, 0x52, 0x31, ..] => "a Parquet table",
        [0x89, 0x48, 0x44, 0x46, ..] => "an HDF5 file",
        _ => $"neither an archive nor anything else that is known (it starts with {Convert.ToHexStringLower(start.AsSpan(0, Math.Min(8, start.Length)))})",
    };
}
