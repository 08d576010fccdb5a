using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>What the viewer shows.</summary>
/// <param name="Tile">The picture.</param>
/// <param name="Annotations">All that was said of it.</param>
/// <param name="Similar">A strip of pictures that look alike.</param>
/// <param name="Words">Tags of the library, to choose from.</param>
public sealed record PictureModel(Tile Tile, IReadOnlyList<AnnotationItem> Annotations, IReadOnlyList<Tile> Similar, IReadOnlyList<TagCount> Words)
{
    /// <summary>What a tag is called in the language of the page.</summary>
    internal Func<string, string> Called { get; init; } = tag => tag;

    /// <summary>What the file itself tells, without those that a person rejected.</summary>
    internal IReadOnlyList<FactItem> Facts { get; init => field = [.. value.Where(fact => !fact.Rejected)]; } = [];

    /// <summary>What the model that is being looked at would change here.</summary>
    internal (string Model, IReadOnlyList<TagChange> Changes)? Other { get; init; }

    internal IEnumerable<AnnotationItem> Standing => Annotations.Where(item => !item.Rejected).OrderByDescending(item => AnnotationSource.Parse(item.Source).Rank).ThenByDescending(item => item.Confidence);

    internal IReadOnlyList<AnnotationItem> Rejected =>
        [.. Annotations.Where(item => item.Rejected && !Standing.Any(other => other.Kind == item.Kind && other.Value == item.Value)).DistinctBy(item => (item.Kind, item.Value))];
}
