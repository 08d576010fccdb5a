using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>What another model would change, for review.</summary>
/// <param name="To">NAME@VERSION of that model.</param>
/// <param name="Changes">Counts by tag; null where that model is in use already.</param>
/// <param name="Tiles">The first pictures.</param>
/// <param name="Total">How many pictures this view has.</param>
public sealed record ChangesModel(string To, ModelChanges? Changes, IReadOnlyList<Tile> Tiles, int Total)
{
    /// <summary>Only pictures for which this tag would change.</summary>
    internal string? Tag { get; init; }

    /// <summary>What a tag is called in the language of the page.</summary>
    internal Func<string, string> Called { get; init; } = tag => tag;

    /// <summary>Another model was in use before.</summary>
    internal bool CanRollBack { get; init; }

    /// <summary>It is being read right now.</summary>
    internal bool IsBeingRead { get; init; }

    internal string Source => $"changes={Uri.EscapeDataString(To)}{(Tag is null ? "" : $"&tag={Uri.EscapeDataString(Tag)}")}";
}
