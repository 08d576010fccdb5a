namespace Pictor.Imaging;

/// <summary>How a file becomes pixels. The defaults suit a file from an unknown hand.</summary>
public sealed record DecodeOptions
{
    /// <summary>The defaults.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>Largest width x height that is decoded; above it the header alone refuses the file. <value>100 million pixels.</value></summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Largest file in bytes. <value>256 MiB.</value></summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Most memory that one picture may take while it is decoded, in bytes, its pixels included; estimated from the header. <value>448 MiB.</value>
    /// A baseline JPEG of 100 million pixels stays below; WebP and progressive JPEG, whose decoders hold the whole picture, reach it at about 40 to 70 million.
    /// </summary>
    public long MaxMemory { get; init; } = 448L << 20;

    /// <summary>
    /// The decoder may shrink while it reads, as long as the shorter side stays at least this long (0: never). <value>0.</value>
    /// The result can be larger than asked; resizing to the exact size is the caller's.
    /// </summary>
    public int ShortSideAtLeast { get; init; }
}
