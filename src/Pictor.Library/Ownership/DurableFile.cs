using System.Runtime.InteropServices;
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
            using (SafeFileHandle handle = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, bytes.Length))
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
        if (!Directory.Exists(folder))
            return;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (string file in Directory.EnumerateFiles(folder, "*", everything))
        {
            if (file.EndsWith(PartialSuffix, StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal))
                File.Delete(file);
        }
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
