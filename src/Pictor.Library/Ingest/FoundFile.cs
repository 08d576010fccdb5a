namespace Pictor.Library.Ingest;

/// <summary>A file as the walk met it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last write in ticks of UTC.</param>
/// <param name="Named">A person named this very file, so its refusal must be told whatever its extension.</param>
internal sealed record FoundFile(string Path, long Size, long Modified, bool Named = false)
{
    internal static FoundFile? Of(string path, bool named = false)
    {
        // A link's own size would be the length of its text, so links are followed first.
        var info = new FileInfo(path);
        if (info.Exists && info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            info = target;
        return info.Exists ? new FoundFile(path, info.Length, info.LastWriteTimeUtc.Ticks, named) : null;
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
