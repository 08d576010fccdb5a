using System.Runtime.InteropServices;

namespace Pictor.Trainer.Torch;

/// <summary>Settings of the native libraries below torch; call them once, before torch's first tensor.</summary>
internal static partial class NativeSettings
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MaxMappings = -4;

    /// <summary>
    /// glibc maps and unmaps every large activation, which costs page faults at each step. Told to keep what it has, it hands the same warm memory
    /// out again: 15-20 % of a step of the small networks. Memory is never given back, so this is for a training process, not for a server.
    /// Does nothing where the C library is not glibc.
    /// </summary>
    public static void KeepMemory() => Try(() =>
    {
        _ = Mallopt(MaxMappings, 0);
        _ = Mallopt(TrimThreshold, int.MaxValue);
        _ = Mallopt(TopPad, 64 << 20);
    });

    /// <summary>
    /// oneDNN forgets the least recently used of 1,024 primitives; a deep network at several sizes has more, and what was forgotten would be created again
    /// at a time when <see cref="FirstPass"/> does not expect it. .NET's own environment variables do not reach C.
    /// </summary>
    public static void KeepPrimitives() => Try(() => _ = SetEnvironment("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "65536", overwrite: 0));

    private static void Try(Action setting)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            setting();
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

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
