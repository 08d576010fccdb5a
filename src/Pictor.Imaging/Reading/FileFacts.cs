namespace Pictor.Imaging;

/// <summary>What a header parser found: the size as stored, before turning upright.</summary>
internal readonly record struct FileFacts(long Width, long Height)
{
    /// <summary>One grey channel, apart from alpha.</summary>
    internal bool Grey { get; init; }

    /// <summary>Pixels may be transparent.</summary>
    internal bool Alpha { get; init; }

    /// <summary>The decoder hands out rows, so that only a few are held beside the result.</summary>
    internal bool ByRows { get; init; }

    /// <summary>A colour profile is embedded.</summary>
    internal bool Profile { get; init; }

    /// <summary>Bytes per pixel that the decoder holds beside what it hands out.</summary>
    internal int Held { get; init; }

    /// <summary>Where the EXIF block (a small TIFF) lies in the file; empty when there is none.</summary>
    internal Range Exif { get; init; }

    /// <summary>Where the XMP packet lies; empty when there is none.</summary>
    internal Range Xmp { get; init; }

    /// <summary>The XMP packet is packed by deflate (PNG may do that).</summary>
    internal bool XmpIsDeflated { get; init; }

    /// <summary>Where the IPTC record lies; empty when there is none.</summary>
    internal Range Iptc { get; init; }

    /// <summary>The decoder turns the picture upright itself, and the size is that of the upright picture.</summary>
    internal bool TurnedByDecoder { get; init; }

    /// <summary>The picture in a HEIF container is coded by AV1.</summary>
    internal bool Av1 { get; init; }

    /// <summary>Bytes that decoding will take, as an upper estimate.</summary>
    internal long Memory => Width * Height * ((Grey ? 1 : 3) + Held + (ByRows ? 0 : Grey && !Alpha ? 0 : 4));
}
