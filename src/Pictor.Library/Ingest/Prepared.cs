using Pictor.Imaging;
using Pictor.Library.Facts;
using Pictor.Library.Importing;

namespace Pictor.Library.Ingest;

/// <summary>A file on its way into the catalogue: what the stages before the writer found out.</summary>
internal sealed class Prepared
{
    /// <summary>What the row of the table files will say; relative for uploads.</summary>
    internal required string Path { get; init; }

    /// <summary>The name that people know the file by.</summary>
    internal required string Name { get; init; }

    internal long Size { get; init; }

    internal long Modified { get; init; }

    internal KnownFile? Known { get; init; }

    /// <summary>Why it is refused; nothing else is set then.</summary>
    internal string? Problem { get; set; }

    /// <summary>The refusal may pass by itself (rights, a file being written), so it is tried again next time.</summary>
    internal bool Transient { get; set; }

    /// <summary>Nothing to read: the file came back as it was.</summary>
    internal bool Returned { get; init; }

    internal string Sha256 { get; set; } = "";

    internal string Id => Sha256[..16];

    internal PictureHeader? Header { get; set; }

    /// <summary>Where the file was copied from; null when it stays where it is.</summary>
    internal FoundFile? Source { get; init; }

    /// <summary>The grid's size as JPEG, to be kept when the picture is committed: a thumbnail without a picture would be rubbish after a crash.</summary>
    internal byte[]? Thumbnail { get; set; }

    /// <summary>The same, with the size and time of the file that was just stored.</summary>
    internal Prepared At(FoundFile stored, string? path = null) => new()
    {
        Path = path ?? Path,
        Source = Source,
        Thumbnail = Thumbnail,
        Name = Name,
        Size = stored.Size,
        Modified = stored.Modified,
        Known = Known,
        Sha256 = Sha256,
        Header = Header,
        Planes = Planes,
        Facts = Facts,
        Description = Description,
        Fingerprint = Fingerprint,
        Sidecars = Sidecars,
    };

    /// <summary>[channels, height, width] for the model; null when it need not read this picture.</summary>
    internal byte[]? Planes { get; set; }

    /// <summary>What the file and its pixels tell without a model; null when it was not decoded.</summary>
    internal IReadOnlyList<Fact>? Facts { get; set; }

    /// <summary>What people wrote into the file; null when it was not looked at.</summary>
    internal DescriptiveMetadata? Description { get; set; }

    /// <summary>Sidecars that are new or have changed, read.</summary>
    internal IReadOnlyList<Sidecar> Sidecars { get; init; } = [];

    /// <summary>What duplicates are found by; null when it was not decoded, or shrunk too far.</summary>
    internal byte[]? Fingerprint { get; set; }

    internal float[]? Probabilities { get; set; }

    internal float[]? Embedding { get; set; }
}
