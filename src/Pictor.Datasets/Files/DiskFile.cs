namespace Pictor.Datasets.Files;

/// <summary>Reading a file by its path, with errors that say what is the matter.</summary>
internal static class DiskFile
{
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static byte[] ReadStart(string name, int count)
    {
        try
        {
            using var handle = File.OpenHandle(name);
            var start = new byte[(int)Math.Min(count, RandomAccess.GetLength(handle))];
            int read = RandomAccess.Read(handle, start, 0);
            return read == start.Length ? start : start[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, e);
        }
    }

    /// <exception cref="InputException">The file cannot be read.</exception>
    public static byte[] Read(string name)
    {
        try
        {
            return File.ReadAllBytes(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, e);
        }
    }

    private static InputException Unreadable(string name, Exception e) => new(name, e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "The file is gone",
        UnauthorizedAccessException => "The file may not be read",
        _ => $"The file cannot be read ({e.Message})",
    }, "Put it back or open the data set again.", e);
}
