using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pictor.Training.Runs;

/// <summary>Where the program <c>pictor-train</c> lies and how it is started.</summary>
internal static class TrainerProgram
{
    public const string Variable = "PICTOR_TRAINER";
    private const string FileName = "pictor-train.dll";

    /// <summary>What <see cref="Variable"/> says, whether it is there or not; else the first place that has it.</summary>
    public static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return Path.GetFullPath(named);
        return Places(AppContext.BaseDirectory).FirstOrDefault(File.Exists);
    }

    /// <summary>The build's own layout first (artifacts/bin/PROJECT/CONFIGURATION), this program's configuration before others; then what is published together.</summary>
    internal static IEnumerable<string> Places(string programFolder)
    {
        string own = Path.TrimEndingDirectorySeparator(programFolder);
        if (Path.GetDirectoryName(Path.GetDirectoryName(own)) is { } projects)
        {
            foreach (string configuration in new[] { Path.GetFileName(own), "release", "debug" }.Distinct(StringComparer.Ordinal))
                yield return Path.Combine(projects, "Pictor.Trainer", configuration, FileName);
        }

        yield return Path.Combine(own, FileName);
        yield return Path.Combine(own, "trainer", FileName);
    }

    public static ProcessStartInfo StartInfo(string path)
    {
        bool needsHost = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(needsHost ? DotnetHost() : path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        if (needsHost)
            start.ArgumentList.Add(path);

        // OpenMP's threads spin while they wait and would take the cores from each other; torch reads these before its first tensor.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "PASSIVE");
        start.Environment.TryAdd("GOMP_SPINCOUNT", "0");
        return start;
    }

    /// <summary>The host that runs this very process, so that the trainer gets the same runtime.</summary>
    private static string DotnetHost()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string? runtime = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()));
        string?[] candidates =
        [
            Path.GetFileName(Environment.ProcessPath) == name ? Environment.ProcessPath : null,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, name) : null,
            runtime is null ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", name)),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? name;
    }
}
