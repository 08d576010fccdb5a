using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.Bench;

/// <summary>Native memory on huge pages, so that a rival is not held back by the pages it got.</summary>
internal sealed unsafe partial class Memory : IDisposable
{
    public Memory(long bytes)
    {
        Bytes = bytes;
        Start = NativeMemory.AlignedAlloc((nuint)bytes, 2 << 20);
        if (OperatingSystem.IsLinux()) _ = Madvise((nint)Start, (nuint)bytes, 14);
        NativeMemory.Fill(Start, (nuint)bytes, 1);
    }

    public long Bytes { get; }

    public void* Start { get; private set; }

    /// <summary>Bytes a second that one thread can read of as much memory: the best of several passes.</summary>
    public static double ReadLimit(long bytes)
    {
        using var memory = new Memory(bytes & ~1023L);
        double best = 0;
        ulong sum = 0;
        for (int pass = 0; pass < 12; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            sum += memory.Sum();
            best = Math.Max(best, memory.Bytes / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        GC.KeepAlive(sum);
        return best;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }

    private ulong Sum()
    {
        Vector512<ulong> a = default, b = default, c = default, d = default;
        ulong* place = (ulong*)Start;
        for (ulong* end = place + (Bytes / sizeof(ulong)); place < end; place += 32)
        {
            a += Vector512.Load(place);
            b += Vector512.Load(place + 8);
            c += Vector512.Load(place + 16);
            d += Vector512.Load(place + 24);
        }

        return Vector512.Sum(a + b + c + d);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(nint start, nuint length, int advice);
}
