using Pictor.Library.Ingest;

namespace Pictor.Library.Importing;

/// <summary>Which files of a folder are sidecars of which: <c>photo.xmp</c> (Adobe) speaks of all files of that name, <c>photo.jpg.xmp</c> (digiKam, darktable) of one.</summary>
internal sealed class SidecarNames
{
    internal const string Extension = ".xmp";

    private readonly Dictionary<string, FileInfo> _files;

    private SidecarNames(Dictionary<string, FileInfo> files) => _files = files;

    internal static bool IsSidecar(string name) => name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    internal static SidecarNames In(IEnumerable<FileSystemInfo> entries)
    {
        var files = new Dictionary<string, FileInfo>(StringComparer.OrdinalIgnoreCase);
        foreach (FileInfo file in entries.OfType<FileInfo>().Where(f => IsSidecar(f.Name)))
            files.TryAdd(file.Name, file);
        return new SidecarNames(files);
    }

    /// <summary>The sidecars of one file that was named by itself.</summary>
    internal static IReadOnlyList<FoundFile> Beside(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return In(Candidates(Path.GetFileName(file)).SelectMany(name => new[] { name, Path.ChangeExtension(name, ".XMP") }).Select(name => new FileInfo(Path.Combine(folder, name))).Where(f => f.Exists))
            .Of(Path.GetFileName(file));
    }

    /// <summary>In the order in which they count: the later one has the last word.</summary>
    internal IReadOnlyList<FoundFile> Of(string name)
    {
        if (_files.Count == 0)
            return [];
        return [.. Candidates(name).Select(candidate => _files.GetValueOrDefault(candidate)).OfType<FileInfo>().Select(Look).OfType<FoundFile>()];
    }

    /// <summary>The files beside a sidecar that it speaks of.</summary>
    internal static IEnumerable<string> SpokenOf(string sidecar)
    {
        string name = Path.GetFileName(sidecar);
        return Directory.EnumerateFiles(Path.GetDirectoryName(sidecar)!).Where(file => !IsSidecar(file) && Candidates(Path.GetFileName(file)).Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    internal static string[] Candidates(string name) => [Path.GetFileNameWithoutExtension(name) + Extension, name + Extension];

    private static FoundFile? Look(FileInfo file)
    {
        try
        {
            return FoundFile.Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a link that leads round in a circle
        }
    }
}
