namespace Pictor.Library.Keeping;

/// <summary>How the system says that no more fits: a full disk, a used-up quota, the largest size that a file may have.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28, TooLarge = 27, Quota = 122, WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    internal static bool Is(Exception e) => e is IOException && e.HResult is NoSpace or TooLarge or Quota or WindowsDiskFull or WindowsHandleDiskFull;

    /// <summary>What to tell instead of the bare error.</summary>
    internal static InputException Tell(string file, Exception e) =>
        new(file, Is(e) ? "the disk is full" : $"this file could not be written: {e.Message}", "Make room and try again; what was acknowledged before is safe.", e)
        {
            Code = Is(e) ? "library.disk-full" : "library.not-writable",
        };
}
