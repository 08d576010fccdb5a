using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>A picture in a grid.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Score">How well it fits, 0..1, where something was asked.</param>
public sealed record Tile(PictureItem Picture, double? Score = null)
{
    private const int TinySide = 48;
    private const int SmallSide = 160;

    /// <summary>Why it was found.</summary>
    internal IReadOnlyList<HitReason> Reasons { get; init; } = [];

    /// <summary>What another model would change, as it stands below the picture.</summary>
    internal IReadOnlyList<TagChange> Changes { get; init; } = [];

    /// <summary>The thumbnail itself as a data: address, where it is sent along with the page.</summary>
    internal string? Embedded { get; init; }

    internal string Name => Path.GetFileName(Picture.File);

    /// <summary>tiny: pixels are shown as squares, not blurred. small: never enlarged beyond its own size by much.</summary>
    internal string Kind => Math.Max(Picture.Width, Picture.Height) switch { <= TinySide => "tiny", <= SmallSide => "small", _ => "photo" };

    /// <summary>Tiny pictures are sent as they are: a JPEG of 28 x 28 pixels is mostly artefacts.</summary>
    internal string Source(int size) => SendOriginal ? $"/api/v1/images/{Picture.Id}/content" : FormattableString.Invariant($"/api/v1/images/{Picture.Id}/thumbnail?size={size}");

    internal bool SendOriginal => Kind == "tiny" && Picture.Format is not ("tiff" or "heif");

    internal static Tile Of(PictureLibrary library, Hit hit) => new(
        library.Get(hit.Id) ?? new(hit.Id, hit.File, [hit.File], 0, 0, 0, "", null, default, Missing: true, Favourite: false, Rating: 0),
        hit.Reasons.All(reason => reason.Kind == "filter") ? null : hit.Score)
    { Reasons = hit.Reasons };
}
