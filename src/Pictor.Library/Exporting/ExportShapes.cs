namespace Pictor.Library;

/// <summary>What of a library becomes a data set.</summary>
public sealed record LibraryExport
{
    /// <summary>Only these tags become classes; empty: all that people said. <value>empty.</value></summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Take the word of imports and models too, where no person has spoken of the tag. <value>false: people only.</value></summary>
    public bool AllSources { get; init; }

    /// <summary>Only these pictures; null: all.</summary>
    public PictureSelection? Pictures { get; init; }
}
