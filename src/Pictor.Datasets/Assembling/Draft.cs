namespace Pictor.Datasets.Assembling;

/// <summary>What an annotation says of one picture, before the picture itself was looked at.</summary>
/// <param name="File">Index into the file set.</param>
internal sealed record Draft(int File)
{
    /// <summary>Ids of its classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    public Split? Declared { get; init; }

    public double? Target { get; init; }

    public string? Group { get; init; }

    public IReadOnlyList<DraftBox> Boxes { get; init; } = [];

    /// <summary>The size that boxes in pixels refer to; null: that of the file.</summary>
    public (double Width, double Height)? Size { get; init; }

    public IReadOnlyDictionary<string, string>? Columns { get; init; }
}

/// <summary>A rectangle in the units of the format.</summary>
/// <param name="Class">Id of its class.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal readonly record struct DraftBox(string Class, double X, double Y, double Width, double Height);

/// <summary>What the numbers of a <see cref="DraftBox"/> mean.</summary>
internal enum BoxUnit
{
    /// <summary>Fractions of the upright picture, as YOLO has them.</summary>
    UprightFractions,

    /// <summary>Pixels of the picture as it is stored, as COCO and Pascal VOC have them.</summary>
    StoredPixels,
}
