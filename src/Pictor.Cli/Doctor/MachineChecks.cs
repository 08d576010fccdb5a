using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Pictor.Imaging;

namespace Pictor.Cli.Doctor;

/// <summary>What the machine offers: processor, memory, disk, text folding, fonts.</summary>
internal static class MachineChecks
{
    private const long EnoughDisk = 2L << 30;

    public static IEnumerable<Finding> Run(string libraryFolder)
    {
        yield return Finding.Ok("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, .NET {Environment.Version}");
        yield return Processor();
        yield return Finding.Ok("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):0.0} GiB"));
        yield return Folding();
        yield return Disk(libraryFolder);
        yield return Rights(libraryFolder);
        yield return Fonts();
        yield return Heif();
    }

    private static Finding Heif() => HeifSupport.Find() is { } program
        ? Finding.Ok("HEIC, AVIF", $"decoded by {program}")
        : Finding.Missing("HEIC, AVIF", "pictures of these formats are refused: libheif's program is not here", HeifSupport.HowToInstall);

    private static Finding Processor()
    {
        (string Name, bool Has)[] features =
        [
            ("AVX2", Avx2.IsSupported), ("AVX-512BW", Avx512BW.IsSupported), ("AVX-VNNI", AvxVnni.IsSupported), ("AdvSimd", AdvSimd.IsSupported),
        ];
        string names = string.Join(", ", features.Where(f => f.Has).Select(f => f.Name));
        return names.Length > 0
            ? Finding.Ok("processor", $"{Environment.ProcessorCount} cores, {names}")
            : Finding.Missing("processor", $"{Environment.ProcessorCount} cores, no wide vector instructions", "Everything works, more slowly.");
    }

    /// <summary>Under invariant globalisation NFKC silently leaves full-width text as it is, and Chinese search would miss it.</summary>
    private static Finding Folding() => "ＡＢＣ".Normalize(NormalizationForm.FormKC) == "ABC"
        ? Finding.Ok("text folding", "full-width letters fold (ICU is there)")
        : Finding.Failed("text folding", "full-width letters do not fold: ICU is missing", "Debian: apt-get install libicu72; and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");

    private static Finding Disk(string folder)
    {
        long free = new DriveInfo(Existing(folder)).AvailableFreeSpace;
        string found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB free at {Existing(folder)}");
        return free >= EnoughDisk ? Finding.Ok("disk", found) : Finding.Missing("disk", found, "Thumbnails and embeddings take about 30 KB a picture. Free some room, or use --library elsewhere.");
    }

    private static Finding Rights(string folder)
    {
        string place = Existing(folder);
        string probe = Path.Combine(place, $".pictor-doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return Finding.Ok("rights", $"{place} can be written");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Failed("rights", $"{place} cannot be written", "Give yourself the right, or name another place with --library DIR.");
        }
    }

    private static Finding Fonts()
    {
        if (!OperatingSystem.IsLinux()) return Finding.Ok("fonts", "the system's");
        string[] files = Directory.Exists("/usr/share/fonts") ? Directory.GetFiles("/usr/share/fonts", "*.*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }) : [];
        bool chinese = files.Any(f => f.Contains("CJK", StringComparison.OrdinalIgnoreCase) || f.Contains("wqy", StringComparison.OrdinalIgnoreCase) || f.Contains("arphic", StringComparison.OrdinalIgnoreCase));
        return chinese
            ? Finding.Ok("fonts", $"{files.Length} font files, Chinese among them")
            : Finding.Missing("fonts", $"{files.Length} font files, none for Chinese", "Only a browser on this machine needs them: apt-get install fonts-noto-cjk.");
    }

    private static string Existing(string folder)
    {
        string place = folder;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent) place = parent;
        return place;
    }
}
