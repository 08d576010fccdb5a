namespace Pictor.Datasets.Files;

/// <summary>One file of a folder or an archive.</summary>
/// <param name="Path">Relative, with '/' between segments, on every system.</param>
/// <param name="Length">Bytes once unpacked.</param>
internal readonly record struct FileEntry(string Path, long Length);

/// <summary>The files below a folder or inside an archive, so that what they mean is decided once, for all containers. Reading is safe from several threads.</summary>
internal interface IFileSet : IDisposable
{
    /// <summary>folder, zip or tar.</summary>
    string Kind { get; }

    /// <summary>Every regular file that is not hidden, in no particular order.</summary>
    IReadOnlyList<FileEntry> Files { get; }

    /// <summary>What could not be listed.</summary>
    IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>How messages and <see cref="Sample.File"/> name a file.</summary>
    string NameOf(int file);

    /// <summary>The first bytes of a file, at most <paramref name="count"/>.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    byte[] ReadStart(int file, int count);

    /// <summary>The whole file.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    ReadOnlyMemory<byte> Read(int file);
}
