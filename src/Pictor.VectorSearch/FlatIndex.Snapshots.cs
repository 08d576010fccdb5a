using Pictor.VectorSearch.Snapshots;

namespace Pictor.VectorSearch;

/// <summary>An index on disk: derived data, kept so that opening is fast.</summary>
public sealed partial class FlatIndex
{
    /// <summary>
    /// Writes the index as it is at this moment. The file appears whole or not at all: it is written beside its place under another name, brought to disk and
    /// renamed, so a crash leaves the old one. Searches go on meanwhile; writers wait until all rows are handed to the system.
    /// </summary>
    /// <param name="path">The file; replaced if it exists. Its folder must exist.</param>
    /// <exception cref="IOException">The disk is full, the folder is missing or not writable.</exception>
    public void Save(string path)
    {
        string place = Path.GetFullPath(path), draft = $"{place}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                using (Reading reading = Read()) Snapshot.Write(store, file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, place, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote. Every byte is checked.</summary>
    /// <param name="path">The file.</param>
    /// <returns>An index that answers as the saved one did.</returns>
    /// <exception cref="InputException">The file is damaged or was not written by <see cref="Save"/>: make the index anew from the vectors. Code <c>index.damaged</c>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FlatIndex Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return new FlatIndex(Snapshot.Read(file), Kernels.KernelChoice.Best);
    }
}
