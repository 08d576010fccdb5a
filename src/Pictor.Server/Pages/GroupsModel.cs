using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>A page of automatic groups.</summary>
/// <param name="By">How they were made.</param>
/// <param name="Cards">Those of this page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">The address of the next page.</param>
public sealed record GroupsModel(GroupBy By, IReadOnlyList<CardView> Cards, int Total, string? Next)
{
    /// <summary>Grouping by look needs a model, and there is none.</summary>
    internal bool NeedsModel { get; init; }
}
