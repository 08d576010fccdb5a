using Pictor.Imaging;
using Pictor.Library.Importing;

namespace Pictor.Library.Ingest;

/// <summary>
/// The files below a folder that could be pictures, in a fixed order: those with a picture's extension, and those that begin like a picture. Names that start
/// with a dot are passed over, and so is the library itself. Links to folders are followed last and each folder is entered once, so circles end.
/// </summary>
internal sealed class FolderWalk(string libraryFolder, WalkRules? rules = null)
{
    private static readonly HashSet<string> PictureExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".bmp", ".dib", ".webp", ".gif", ".tif", ".tiff",
        ".heic", ".heif", ".avif", ".jp2", ".j2k", ".jxl", ".ico", ".psd", ".tga", ".qoi", ".pbm", ".pgm", ".ppm", ".pnm", ".pcx", ".sgi",
        ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".dng", ".orf", ".rw2", ".rwl", ".raf", ".pef", ".srw", ".x3f", ".3fr", ".iiq", ".mrw", ".erf", ".kdc", ".dcr", ".mos",
    };

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    private readonly WalkRules _rules = rules ?? WalkRules.None;
    private readonly string _library = RealPath(libraryFolder);
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);

    /// <summary>Folders and files that the system did not let us see.</summary>
    internal List<SkippedFile> Unreadable { get; } = [];

    /// <summary>Files that are clearly something else.</summary>
    internal int Ignored { get; private set; }

    /// <summary>The candidates below <paramref name="root"/>, or the file itself.</summary>
    /// <param name="root">A folder or a file, absolute.</param>
    /// <param name="named">A person named it: a file is told of even when it is no picture.</param>
    internal IEnumerable<FoundFile> Files(string root, bool named = true)
    {
        if (File.Exists(root))
        {
            // A sidecar that changed speaks of the pictures beside it.
            foreach (string path in !named && SidecarNames.IsSidecar(root) ? SidecarNames.SpokenOf(root) : [root])
            {
                if ((named ? FoundFile.Of(path, named: true) : Look(new FileInfo(path))) is { } file)
                    yield return file with { Sidecars = SidecarNames.Beside(path) };
            }

            yield break;
        }

        var folders = new Stack<string>();
        var links = new Queue<string>();
        folders.Push(root);
        while (folders.Count > 0 || links.Count > 0)
        {
            string folder = folders.Count > 0 ? folders.Pop() : links.Dequeue();
            if (!Enter(folder))
                continue;
            FileSystemInfo[] entries = List(folder);
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            for (int i = entries.Length - 1; i >= 0; i--)
            {
                if (entries[i] is DirectoryInfo inner && inner.Name[0] != '.' && !_rules.IsExcluded(inner.FullName, isFolder: true))
                {
                    if (inner.LinkTarget is null)
                        folders.Push(inner.FullName);
                    else
                        links.Enqueue(inner.FullName);
                }
            }

            SidecarNames sidecars = SidecarNames.In(entries);
            foreach (FileSystemInfo entry in entries)
            {
                if (entry is FileInfo file && file.Name[0] != '.' && !_rules.IsExcluded(file.FullName, isFolder: false) && Look(file) is { } found)
                    yield return found with { Sidecars = sidecars.Of(file.Name) };
            }
        }
    }

    /// <summary>About how many files there are to look at, by names alone; for the progress bar.</summary>
    internal static long Estimate(IReadOnlyList<string> roots, WalkRules rules, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint, RecurseSubdirectories = true, IgnoreInaccessible = true };
        long count = 0;
        foreach (string root in roots)
        {
            if (!Directory.Exists(root))
            {
                count++;
                continue;
            }

            foreach (string file in Directory.EnumerateFiles(root, "*", options))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (PictureExtensions.Contains(Path.GetExtension(file)) && !(rules.HasExcludes && rules.IsPassedOver(file, root, isFolder: false)))
                    count++;
            }
        }

        return count;
    }

    /// <summary>The path with all links resolved, those in the middle too.</summary>
    internal static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        string root = Path.GetPathRoot(full)!;
        string result = root;
        foreach (string part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            result = Path.Combine(result, part);
            try
            {
                if (new DirectoryInfo(result).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                    result = target.FullName;
            }
            catch (IOException)
            {
                // A circle of links, or nothing there: it stays as it is written.
            }
        }

        return result;
    }

    private bool Enter(string folder)
    {
        string real = RealPath(folder);
        return real != _library && _entered.Add(real);
    }

    private FileSystemInfo[] List(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos("*", Everything);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unreadable.Add(new SkippedFile(folder, $"This folder could not be read: {e.Message}"));
            return [];
        }
    }

    private FoundFile? Look(FileInfo file)
    {
        try
        {
            // Pipes and devices have no size: they are never opened, for opening a pipe waits for its other end.
            if (FoundFile.Of(file) is not { } found)
            {
                if (PictureExtensions.Contains(file.Extension))
                    Unreadable.Add(new SkippedFile(file.FullName, "This file cannot be opened: it is a link that leads nowhere, it was just deleted, or its name is not valid UTF-8."));
                return null;
            }

            if (PictureExtensions.Contains(file.Extension) || (found.Size > 0 && !SidecarNames.IsSidecar(file.Name) && LooksLikePicture(found.Path)))
                return found;
            Ignored++;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (PictureExtensions.Contains(file.Extension))
                Unreadable.Add(new SkippedFile(file.FullName, $"This file could not be read: {e.Message}"));
            return null;
        }
    }

    private static bool LooksLikePicture(string path)
    {
        Span<byte> start = stackalloc byte[16];
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int read = RandomAccess.Read(handle, start, 0);
        return PictureReader.Sniff(start[..read]) != PictureFormat.Unknown;
    }
}
