using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Pictor.Library.Ownership;

/// <summary>Files that are there whole or not at all, also after the power failed: written beside, flushed to the disk, renamed, and the folder flushed.</summary>
internal static partial class DurableFile
{
    /// <summary>How files that are still being written end; whatever is found so named after a crash is rubbish.</summary>
    internal const string PartialSuffix = ".part";

    internal static void Write(string path, ReadOnlySpan<byte> bytes, bool flush = true)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string partial = Path.Combine(folder, $".{Guid.NewGuid():N}{PartialSuffix}");
        try
        {
            using (SafeFileHandle handle = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, bytes, 0);
                if (flush)
                    RandomAccess.FlushToDisk(handle);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        if (flush)
        {
            FlushFolder(folder);
            FlushFolder(Path.GetDirectoryName(folder)!);
        }
    }

    /// <summary>Removes what a crash left half written.</summary>
    internal static void RemovePartials(string folder)
    {
        foreach (string file in Partials(folder))
            File.Delete(file);
    }

    /// <summary>Files that are being written, or were when a process ended.</summary>
    internal static IEnumerable<string> Partials(string folder)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*", everything)
            .Where(file => file.EndsWith(PartialSuffix, StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    /// <summary>Copies a stream to a file that is there whole or not at all.</summary>
    /// <returns>The SHA-256 of what was written, in lower-case hex, and its length.</returns>
    internal static async Task<(string Sha256, long Bytes)> CopyAsync(Stream source, string path, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string partial = Path.Combine(folder, $".{Guid.NewGuid():N}{PartialSuffix}");
        try
        {
            (string Sha256, long Bytes) copied;
            await using (var target = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                copied = await CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            FlushFolder(folder);
            return copied;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Copies and hashes in one pass.</summary>
    internal static async Task<(string Sha256, long Bytes)> CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 18];
        long bytes = 0;
        while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            bytes += read;
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>A rename is on disk only when its folder is; .NET opens no folders, so the C library does. Windows needs no such step.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
