namespace Pictor.Imaging;

/// <summary>How alike the pictures of a set are.</summary>
public enum DuplicateKind
{
    /// <summary>The files are equal byte for byte.</summary>
    ExactBytes,

    /// <summary>The files differ, the pixels do not.</summary>
    SamePixels,

    /// <summary>One picture, saved anew: recompressed, scaled, toned, blurred, cropped, framed, mirrored or turned.</summary>
    Near,
}

/// <summary>Pictures that are the same one.</summary>
/// <param name="Kind">The weakest tie that the set needs to hold together.</param>
/// <param name="Members">Positions of the pictures, ascending; two or more.</param>
/// <param name="Similarity">Of each member to the one it is most like: 1 for equal pixels, else the correlation of what both show, 0..1.</param>
public sealed record DuplicateSet(DuplicateKind Kind, IReadOnlyList<int> Members, IReadOnlyList<double> Similarity);

/// <summary>How much alike is alike enough. The defaults suit photos, digits and icons.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Also look for pictures that are nearly the same. <value>true.</value></summary>
    public bool Near { get; init; } = true;

    /// <summary>Least correlation of two pictures laid over each other whole. <value>0.95.</value></summary>
    public double LeastCorrelation { get; init; } = 0.95;

    /// <summary>Least correlation for pictures with both sides up to 64 pixels, of which many look alike by nature. <value>0.99.</value></summary>
    public double LeastTinyCorrelation { get; init; } = 0.99;

    /// <summary>Least corners that must agree for a crop, a frame or a turn. <value>10.</value></summary>
    public int LeastCorners { get; init; } = 10;
}
