using System.Text.Json.Serialization;

namespace Pictor.Imaging;

/// <summary>A word for a picture.</summary>
/// <param name="Word">The word itself: "beagle".</param>
/// <param name="Path">Where it stands in the writer's hierarchy, from the broadest, divided by '|': "animals|dog|beagle"; null for a word that stands alone.</param>
public sealed record Keyword(string Word, string? Path = null);

/// <summary>What people wrote about a picture, in its file or beside it (XMP, IPTC).</summary>
public sealed record DescriptiveMetadata
{
    /// <summary>Says nothing.</summary>
    public static DescriptiveMetadata None { get; } = new();

    /// <summary>Each word once; of a path every word is one.</summary>
    public IReadOnlyList<Keyword> Keywords { get; init; } = [];

    /// <summary>A short name.</summary>
    public string? Title { get; init; }

    /// <summary>A sentence or more.</summary>
    public string? Description { get; init; }

    /// <summary>0..5 stars.</summary>
    public int? Rating { get; init; }

    /// <summary>True when nothing was said.</summary>
    [JsonIgnore]
    public bool IsEmpty => Keywords.Count == 0 && Title is null && Description is null && Rating is null;
}
