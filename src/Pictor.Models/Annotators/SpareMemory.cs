using System.Runtime.InteropServices;

namespace Pictor.Models.Annotators;

/// <summary>
/// Loading a model takes several times its size for a moment, and neither the collector nor the C library gives that back to the system
/// unasked: a server that then waits for requests would sit on it (28 MB of weights left 74 MB behind).
/// </summary>
internal static partial class SpareMemory
{
    private const int WorthIt = 4 << 20;

    /// <summary>Returns what loading a model of so many bytes has left over; small ones are not worth a collection.</summary>
    public static void GiveBack(int modelBytes)
    {
        if (modelBytes < WorthIt)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without it (musl) gives memory back by itself.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
