namespace Pictor.Datasets;

/// <summary>A temporary file for what does not fit in memory. Where the system allows it has no name while it is open, so not even a killed process leaves it behind.</summary>
internal static class ScratchFile
{
    /// <summary>Opens one.</summary>
    /// <param name="length">Bytes to set aside; 0 when unknown.</param>
    /// <exception cref="InputException">There is no room, or the folder for temporary files cannot be written.</exception>
    public static FileStream Create(long length = 0)
    {
        string path = Path.Combine(Path.GetTempPath(), $"pictor-{Guid.NewGuid():N}.tmp");
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
                PreallocationSize = length,
            });
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            stream.SetLength(length);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw NoRoom(length, e);
        }
    }

    /// <summary>What to say when writing fails.</summary>
    public static InputException NoRoom(long length, Exception e) => new(
        Path.GetTempPath(), $"There is no room for {Math.Max(1, length >> 20)} MiB of temporary data ({e.Message})", "Free some space, or point TMPDIR to a larger disk.", e)
    { Code = "disk.full" };
}
