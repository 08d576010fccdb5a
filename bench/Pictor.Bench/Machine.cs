using System.Globalization;
using System.Runtime.InteropServices;

namespace Pictor.Bench;

/// <summary>What a figure was measured on, and how much else was going on: a figure without that cannot be compared.</summary>
internal static class Machine
{
    public static string Processor
    {
        get
        {
            string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
            string name = line?[(line.IndexOf(':') + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
            return $"{name}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
        }
    }

    /// <summary>The share of all processors that nobody used over half a second, 0..1; null where the system does not tell.</summary>
    public static double? IdleShare()
    {
        if (!File.Exists("/proc/stat")) return null;
        (long idle, long all) = Ticks();
        Thread.Sleep(500);
        (long idleThen, long allThen) = Ticks();
        return allThen == all ? null : (double)(idleThen - idle) / (allThen - all);
    }

    /// <summary>First line of /proc/stat: user nice system idle iowait irq softirq steal, in ticks.</summary>
    private static (long Idle, long All) Ticks()
    {
        long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(t => long.Parse(t, CultureInfo.InvariantCulture))];
        return (ticks[3] + ticks[4], ticks.Sum());
    }
}
