using Pictor.Library.Ownership;

namespace Pictor.Library.Importing;

/// <summary>A sidecar on disk: replaced whole or not at all, with the rights that it had.</summary>
internal static class SidecarFile
{
    /// <summary>Where a picture's sidecar is, or will be: the one that speaks of this file alone, else the one of that name, else a new one of the first kind.</summary>
    internal static string PathFor(string picture)
    {
        string folder = Path.GetDirectoryName(picture)!;
        FileInfo[] there = [.. SidecarNames.Candidates(Path.GetFileName(picture)).SelectMany(name => new[] { name, Path.ChangeExtension(name, ".XMP") }).Select(name => new FileInfo(Path.Combine(folder, name))).Where(f => f.Exists)];
        FileInfo? found = Array.Find(there, f => f.Name.StartsWith(Path.GetFileName(picture), StringComparison.Ordinal)) ?? there.FirstOrDefault();

        // A link stays a link: what it leads to is written.
        return found is null ? picture + SidecarNames.Extension : found.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found.FullName;
    }

    internal static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    internal static void Write(string path, byte[] bytes, DateTime? modified)
    {
        UnixFileMode? mode = !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) : null;
        DurableFile.Write(path, bytes);
        if (mode is { } before && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, before);
        if (modified is { } time)
            File.SetLastWriteTimeUtc(path, time);
    }
}
