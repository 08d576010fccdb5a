using System.Runtime.InteropServices;

namespace Pictor.Trainer.Torch;

/// <summary>
/// glibc maps and unmaps every large activation, which costs page faults at each step. Told to keep what it has, it hands the same warm memory
/// out again: 15-20 % of a step of the small networks. Memory is never given back, so this is for a training process, not for a server.
/// </summary>
internal static partial class NativeAllocator
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MaxMappings = -4;

    /// <summary>Call once, before torch's first tensor. Does nothing where the C library is not glibc.</summary>
    public static void KeepMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Mallopt(MaxMappings, 0);
            _ = Mallopt(TrimThreshold, int.MaxValue);
            _ = Mallopt(TopPad, 64 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt; its allocator stays as it is.
        }
        catch (DllNotFoundException)
        {
            // Nor is its C library known by this name.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mallopt(int parameter, int value);
}
