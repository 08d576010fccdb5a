using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>What the grid shows.</summary>
/// <param name="Summary">Counts and tags of the whole library.</param>
/// <param name="Heading">What these pictures are; null for all of them.</param>
/// <param name="Tiles">The pictures of this page.</param>
/// <param name="Next">The address of the next page.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record GridModel(LibrarySummary Summary, string? Heading, IReadOnlyList<Tile> Tiles, string? Next, int Total)
{
    /// <summary>What a tag is called in the language of the page.</summary>
    internal Func<string, string> Called { get; init; } = tag => tag;

    /// <summary>The tag that is kept.</summary>
    internal string? Tag { get; init; }

    /// <summary>Weaker matches that were folded away.</summary>
    internal int Weaker { get; init; }

    /// <summary>Weaker matches are shown as well.</summary>
    internal bool ShowsWeaker => Source?.EndsWith("&weaker=1", StringComparison.Ordinal) == true;

    /// <summary>The active model has no tag for most pictures.</summary>
    internal bool ModelIsSilent { get; init; }

    /// <summary>The picture that the others resemble.</summary>
    internal Tile? Example { get; init; }

    /// <summary>The same, when it was sent along: a data: address.</summary>
    internal string? ExampleSource { get; init; }

    /// <summary>The question behind this view, as in its address; null where it cannot be asked again (a picture that was sent along).</summary>
    internal string? Source { get; init; }

    /// <summary>The collection that is shown.</summary>
    internal CollectionItem? Collection { get; init; }

    /// <summary>Those of the side bar.</summary>
    internal IReadOnlyList<CollectionItem> Collections { get; init; } = [];

    /// <summary>Small print beside the count: when the pictures of a group were taken.</summary>
    internal string? Line { get; init; }

    /// <summary>Where the pictures of a group were taken.</summary>
    internal GroupPlace? Place { get; init; }

    /// <summary>These pictures answer a question that filters could narrow down.</summary>
    internal bool IsQuestion => Collection is null && Line is null;

    /// <summary>The side bar.</summary>
    internal IReadOnlyList<TagGroup> Groups => field ??= TagGroups.Of(Summary.Tags);

    internal bool IsEmptyLibrary => Summary.Pictures == 0 && Heading is null;
}
