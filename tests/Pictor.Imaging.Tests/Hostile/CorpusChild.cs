using System.Diagnostics;
using System.Globalization;

namespace Pictor.Imaging.Tests.Hostile;

/// <summary>Runs in a process of its own (see HostileCorpusTests): decodes every file of a folder and writes one line about each.</summary>
public sealed class CorpusChild
{
    internal const string Folder = "PICTOR_IMAGING_CORPUS", Report = "PICTOR_IMAGING_REPORT", Dump = "PICTOR_IMAGING_DUMP";

    [Fact]
    public void Decode_EveryFileOfTheFolder_WritesAReport()
    {
        string? folder = Environment.GetEnvironmentVariable(Folder);
        string? report = Environment.GetEnvironmentVariable(Report);
        Assert.SkipUnless(folder is not null && report is not null, "Only runs as the child process of HostileCorpusTests.");
        string? dump = Environment.GetEnvironmentVariable(Dump);
        using var writer = new StreamWriter(report!) { AutoFlush = true };
        foreach (string path in Directory.EnumerateFiles(folder!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(folder!, path).Replace('\\', '/');
            byte[] file = File.ReadAllBytes(path);
            writer.Write($"{name}\t");
            long start = Stopwatch.GetTimestamp();
            string outcome = Outcome(file, name, dump);
            double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome}\t{ms:F1}\t{PeakResidentBytes() >> 20}"));
        }
    }

    private static string Outcome(byte[] file, string name, string? dump)
    {
        PictureHeader? header = null;
        try
        {
            header = PictureReader.ReadHeader(file, name);
            Pixels pixels = PictureReader.Decode(file, name);
            Pixels shrunk = PictureReader.Decode(file, name, new DecodeOptions { ShortSideAtLeast = 32 });
            bool fits = shrunk.Width <= pixels.Width && Math.Min(shrunk.Width, shrunk.Height) >= Math.Min(32, Math.Min(pixels.Width, pixels.Height));
            if (!fits || pixels.Width != header.Width || pixels.Height != header.Height || pixels.Data.Length != pixels.Width * pixels.Height * pixels.Channels)
                return $"contradiction\t{header} {pixels.Width}x{pixels.Height} shrunk {shrunk.Width}x{shrunk.Height}";
            if (!string.IsNullOrEmpty(dump))
                File.WriteAllBytes(Path.Combine(dump, name.Replace('/', '#') + ".png"), PictureWriter.Png(pixels));
            return $"ok\t{header.Format} {pixels.Width}x{pixels.Height}x{pixels.Channels} {header.TakenAt:s} {header.Camera}";
        }
        catch (PictureException e)
        {
            return $"{e.Code}\t{e.Message}";
        }
        catch (Exception e)
        {
            return $"crash\t{header} {e.GetType()} {e.Message} {e.StackTrace}".ReplaceLineEndings(" ");
        }
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
