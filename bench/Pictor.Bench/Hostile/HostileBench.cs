using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Pictor.Library;

namespace Pictor.Bench.Hostile;

/// <summary>One file and what indexing it alone took.</summary>
/// <param name="File">Its path inside the folder.</param>
/// <param name="Seconds">From the call to the answer, the commit included.</param>
/// <param name="Outcome">added, known, or the reason of the refusal.</param>
internal sealed record HostileRow(string File, double Seconds, string Outcome);

/// <summary>What the bench prints.</summary>
internal sealed record HostileReport(string Machine, double? Idle, int Files, int Added, int Skipped, double WholeSeconds, long WholePeakMebibytes, double SlowestSeconds, IReadOnlyList<HostileRow> Slowest);

/// <summary>
/// hostile: a folder (or zip) of odd, broken and hostile files through the library: all at once as <c>index</c> does, with the peak of resident memory until then, and then each by itself
/// into a second library, timed. Nothing may crash, no file may take two seconds, and 500 MB must be enough.
/// </summary>
internal static class HostileBench
{
    public static async Task<HostileReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("data", "model");
        string data = flags.Text("data", ""), model = flags.Text("model", "");
        if (data.Length == 0)
            throw new InputException("--data", "is missing", "Name the folder or zip: --data hostile.zip.");
        string place = Directory.CreateTempSubdirectory("pictor-bench-").FullName, folder = Path.Combine(place, "files");
        try
        {
            if (File.Exists(data))
                await ZipFile.ExtractToDirectoryAsync(data, folder).ConfigureAwait(false);
            else
                folder = Path.GetFullPath(data);
            double? idle = Machine.IdleShare();

            IndexOutcome whole;
            await using (PictureLibrary library = await OpenAsync(Path.Combine(place, "whole"), model).ConfigureAwait(false))
                whole = await library.IndexAsync([folder]).ConfigureAwait(false);
            long peak = PeakResidentBytes() >> 20;

            List<HostileRow> rows = [];
            await using (PictureLibrary library = await OpenAsync(Path.Combine(place, "each"), model).ConfigureAwait(false))
            {
                foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                {
                    long start = Stopwatch.GetTimestamp();
                    IndexOutcome one = await library.IndexAsync([file]).ConfigureAwait(false);
                    rows.Add(new HostileRow(Path.GetRelativePath(folder, file), Stopwatch.GetElapsedTime(start).TotalSeconds, one.Skipped.Count > 0 ? one.Skipped[0].Reason : one.Added > 0 ? "added" : "known"));
                }
            }

            HostileRow[] slowest = [.. rows.OrderByDescending(r => r.Seconds).Take(5)];
            var report = new HostileReport(Machine.Processor, idle, rows.Count, whole.Added, whole.Skipped.Count, whole.Seconds, peak, slowest[0].Seconds, slowest);
            Print(report, output);
            return report;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static async Task<PictureLibrary> OpenAsync(string folder, string model)
    {
        PictureLibrary library = await PictureLibrary.OpenAsync(folder).ConfigureAwait(false);
        if (model.Length > 0)
            await library.Models.AddAsync(model).ConfigureAwait(false);
        return library;
    }

    private static void Print(HostileReport report, TextWriter output)
    {
        output.WriteLine(report.Machine + (report.Idle is { } idle ? string.Create(CultureInfo.InvariantCulture, $", {100 * idle:0} % idle") : ""));
        output.WriteLine($"all {report.Files} files at once: {report.Added} added, {report.Skipped} skipped, {report.WholeSeconds:0.0} s, peak {report.WholePeakMebibytes} MiB resident");
        output.WriteLine("each by itself, the slowest:");
        foreach (HostileRow row in report.Slowest)
            output.WriteLine($"  {row.Seconds,6:0.000} s  {row.File}  ({(row.Outcome.Length > 70 ? row.Outcome[..70] + "..." : row.Outcome)})");
    }

    // Linux keeps the peak itself; elsewhere the working set's peak is the nearest thing.
    private static long PeakResidentBytes()
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetCurrentProcess().PeakWorkingSet64;
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
    }
}
