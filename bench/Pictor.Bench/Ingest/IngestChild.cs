using System.Diagnostics;
using System.Globalization;

namespace Pictor.Bench.Ingest;

/// <summary>One library in a process of its own, whose memory is then nobody else's: this very program, started again with the word ingest-child.</summary>
internal static class IngestChild
{
    /// <summary>Pictures taken into another library first: what the compiler costs belongs to the start of a program, not to the size of a library.</summary>
    private const int WarmUp = 3000;

    public static async Task<IngestScale> MeasureAsync(string place, int count, string model, TextWriter output)
    {
        IngestPictures.Write(Path.Combine(place, "pictures"), photos: false, count);
        IngestPictures.Write(Path.Combine(place, "warm"), photos: false, WarmUp);
        string self = Environment.ProcessPath!;
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(IngestChild).Assembly.Location] : [];
        var start = new ProcessStartInfo(self, [.. first, "ingest-child", "--place", place, "--model", model]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0"; // as pictor itself is run
        using Process process = Process.Start(start)!;
        string[] words = (await process.StandardOutput.ReadToEndAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Directory.Delete(place, recursive: true);
        double[] numbers = [.. words.Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        var scale = new IngestScale(count, numbers[0] / count * 1e6, numbers[1] / count * 1e6, numbers[2] / count * 1e6, numbers[3]);
        output.WriteLine($"{count:N0} small pictures: {scale.MicrosecondsEach:0} us each ({scale.ProcessorMicrosecondsEach:0} us of processor), known {scale.KnownMicroseconds:0.0} us each, {scale.PeakMegabytes:0} MB resident at most");
        return scale;
    }

    public static async Task RunAsync(Flags flags)
    {
        string place = flags.Text("place", ""), model = flags.Text("model", "");
        await IngestBench.IngestAsync(Path.Combine(place, "warm-lib"), [Path.Combine(place, "warm")], model);
        (double first, double second, TimeSpan used) = await IngestBench.IngestAsync(Path.Combine(place, "lib"), [Path.Combine(place, "pictures")], model);
        using Process self = Process.GetCurrentProcess();
        string? peak = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal)) : null;
        double megabytes = peak is null ? self.PeakWorkingSet64 / 1e6 : double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{first} {used.TotalSeconds} {second} {megabytes}"));
    }
}
