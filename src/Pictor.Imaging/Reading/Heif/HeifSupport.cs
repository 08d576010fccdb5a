namespace Pictor.Imaging;

/// <summary>Whether this system can decode HEIC and AVIF, and how it learns to. Pictor carries no decoder for them: libheif's own program does it, in a process of its own.</summary>
public static class HeifSupport
{
    /// <summary>Code of the refusal where libheif's program is missing.</summary>
    public const string MissingCode = "picture.needs-libheif";

    // The first is its name since libheif 1.18.
    private static readonly string[] s_programs = ["heif-dec", "heif-convert"];

    /// <summary>The exact line that installs it here.</summary>
    public static string HowToInstall { get; } = Line();

    /// <summary>The program's path, or null when the search path holds none.</summary>
    public static string? Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return s_programs.SelectMany(program => folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, program + ending))).FirstOrDefault(File.Exists);
    }

    private static string Line()
    {
        if (OperatingSystem.IsMacOS())
            return "Install it: brew install libheif.";
        if (OperatingSystem.IsWindows())
            return "Put libheif's heif-dec.exe into a folder of PATH, or convert the picture to JPEG.";
        string system = File.Exists("/etc/os-release") ? File.ReadAllText("/etc/os-release") : "";
        return system.Contains("fedora", StringComparison.OrdinalIgnoreCase) || system.Contains("rhel", StringComparison.OrdinalIgnoreCase) ? "Install it: dnf install libheif-tools."
            : system.Contains("alpine", StringComparison.OrdinalIgnoreCase) ? "Install it: apk add libheif-tools."
            : system.Contains("arch", StringComparison.OrdinalIgnoreCase) ? "Install it: pacman -S libheif."
            : "Install it: apt-get install libheif-examples.";
    }
}
