namespace Pictor.Datasets;

/// <summary>The part of a data set that a sample belongs to.</summary>
public enum Split
{
    /// <summary>For fitting weights.</summary>
    Train,

    /// <summary>For choosing among networks, settings and epochs.</summary>
    Val,

    /// <summary>For the final judgement; never touched while training.</summary>
    Test,
}

/// <summary>What a data set asks of a network.</summary>
public enum DatasetTask
{
    /// <summary>Each picture is of exactly one class.</summary>
    SingleLabel,

    /// <summary>Each picture is of any number of classes, none included.</summary>
    MultiLabel,

    /// <summary>Each picture has a number: an age, a price, a count.</summary>
    Numeric,
}

/// <summary>A rectangle of a sample and the class of what it holds.</summary>
/// <param name="Class">Position in <see cref="Dataset.Labels"/>.</param>
/// <param name="Box">Fractions of the upright picture.</param>
public sealed record SampleBox(int Class, BoundingBox Box);

/// <summary>One labelled picture of a data set.</summary>
/// <param name="Index">Position in <see cref="Dataset.Samples"/>.</param>
/// <param name="File">Where it lies: an absolute path; <c>archive.zip!cat/1.jpg</c> for a member; <c>images-idx3-ubyte.gz#17</c> for a record.</param>
/// <param name="Class">Position in <see cref="Dataset.Labels"/>; for several classes the first one; -1 where there is none.</param>
/// <param name="Declared">The split that the data set itself names; null when it comes without one.</param>
/// <param name="Sha256">Hex SHA-256 of the file's bytes (of the raw pixels for IDX): equal for exact duplicates.</param>
public sealed record Sample(int Index, string File, int Class, Split? Declared, string Sha256)
{
    private readonly IReadOnlyList<int>? _classes;

    /// <summary>All its classes, ascending: one for <see cref="DatasetTask.SingleLabel"/>, any number for <see cref="DatasetTask.MultiLabel"/>.</summary>
    public IReadOnlyList<int> Classes
    {
        get => _classes ?? (Class < 0 ? [] : [Class]);
        init => _classes = value;
    }

    /// <summary>The number, for <see cref="DatasetTask.Numeric"/>.</summary>
    public double? Target { get; init; }

    /// <summary>Samples of one group (a patient, a burst, a film) never straddle two splits; null: a group of its own.</summary>
    public string? Group { get; init; }

    /// <summary>Rectangles, where the format has them.</summary>
    public IReadOnlyList<SampleBox> Boxes { get; init; } = [];

    /// <summary>Further columns by name, for slices of a report.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = NoColumns;

    private static IReadOnlyDictionary<string, string> NoColumns { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
