using System.Text.Json.Serialization;

namespace Pictor.Library;

/// <summary>How alike the pictures of a group are; each tier is weaker than the one before.</summary>
public enum DuplicateTier
{
    /// <summary>Several files with the same bytes: one picture of the library.</summary>
    [JsonStringEnumMemberName("same-bytes")]
    SameBytes = 1,

    /// <summary>Different files with the same pixels: saved again without loss, or with other metadata.</summary>
    [JsonStringEnumMemberName("same-pixels")]
    SamePixels = 2,

    /// <summary>One picture saved anew: recompressed, scaled, toned, blurred, cropped, framed, mirrored or turned.</summary>
    [JsonStringEnumMemberName("copy")]
    Copy = 3,

    /// <summary>Different pictures that look alike to the model, such as a series of one scene.</summary>
    [JsonStringEnumMemberName("look-alike")]
    LookAlike = 4,
}

/// <summary>One picture, or one file, of a group.</summary>
/// <param name="Id">Of the picture.</param>
/// <param name="File">Absolute.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Format">jpeg, png, ...</param>
/// <param name="Similarity">To the picture of the group that it is most like, 0..1.</param>
/// <param name="Best">The one to keep, if only one is kept.</param>
/// <param name="Reasons">What speaks for it against the others: largest, least compressed, has a date, a camera, a place, oldest.</param>
public sealed record DuplicateItem(string Id, string File, int Width, int Height, long Bytes, string Format, double Similarity, bool Best, IReadOnlyList<string> Reasons);

/// <summary>Pictures that are one, or look like it. Nothing is deleted by itself.</summary>
public sealed record DuplicateGroup(DuplicateTier Tier, IReadOnlyList<DuplicateItem> Items);

/// <summary>What a search for duplicates found.</summary>
/// <param name="Pictures">How many pictures were compared.</param>
/// <param name="Groups">Of each tier, by its name.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record DuplicateOutcome(int Pictures, IReadOnlyDictionary<string, int> Groups, double Seconds);
