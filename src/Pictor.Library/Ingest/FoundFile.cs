namespace Pictor.Library.Ingest;

/// <summary>A file as the walk met it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last write in ticks of UTC.</param>
/// <param name="Named">A person named this very file, so its refusal must be told whatever its extension.</param>
internal sealed record FoundFile(string Path, long Size, long Modified, bool Named = false)
{
    /// <summary>Files beside it that hold its metadata: <c>photo.xmp</c>, then <c>photo.jpg.xmp</c>, which speaks of this file alone.</summary>
    internal IReadOnlyList<FoundFile> Sidecars { get; init; } = [];

    internal static FoundFile? Of(string path, bool named = false) => Of(new FileInfo(path), named);

    /// <summary>One stat, or two for a link: its own size would be the length of its text.</summary>
    internal static FoundFile? Of(FileInfo file, bool named = false)
    {
        FileInfo info = file;
        if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            info = target;
        return info.Exists ? new FoundFile(file.FullName, info.Length, info.LastWriteTimeUtc.Ticks, named) : null;
    }
}

/// <summary>What the catalogue remembers of a path.</summary>
internal sealed class KnownFile
{
    public long Id { get; set; }

    public long? Picture { get; set; }

    public long Size { get; set; }

    public long Modified { get; set; }

    public bool Missing { get; set; }

    public string? Problem { get; set; }

    public bool Transient { get; set; }

    internal bool IsUnchanged(FoundFile found) => Size == found.Size && Modified == found.Modified;
}
