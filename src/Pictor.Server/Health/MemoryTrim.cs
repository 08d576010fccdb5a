using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Pictor.Server.Health;

/// <summary>
/// A few very large pictures leave hundreds of megabytes behind that neither the collector nor the C library gives back to the system unasked.
/// When the server has had nothing to do for a while and holds much more than it once did, it tidies up: nobody waits for it then.
/// </summary>
internal sealed partial class MemoryTrim(TimeProvider time) : BackgroundService
{
    private const long WorthIt = 128L << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Pooled arrays are let go at the first collection after they lay unused for a minute, so one round is not enough.
    private static readonly int[] Rounds = [1, 4, 16, 32];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long small = Environment.WorkingSet;
        TimeSpan used = Environment.CpuUsage.TotalTime;
        int idle = 0;
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // Processor time tells of requests and jobs alike, and a page that only listens to events uses none.
                idle = Environment.CpuUsage.TotalTime - used < Pause * 0.05 ? idle + 1 : 0;
                if (Array.IndexOf(Rounds, idle) >= 0 && Environment.WorkingSet > small + WorthIt)
                    Tidy();
                small = Math.Min(small, Environment.WorkingSet);
                used = Environment.CpuUsage.TotalTime;
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private static void Tidy()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
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
