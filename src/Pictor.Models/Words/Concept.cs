namespace Pictor.Models.Words;

/// <summary>Something that a word can name: a class, or what several classes have in common.</summary>
/// <param name="Id">Stable: a WordNet id (n02085936), or a short English word for broader concepts (dog, sea-animal).</param>
/// <param name="English">English name.</param>
/// <param name="Chinese">Chinese name.</param>
public sealed record Concept(string Id, string English, string Chinese)
{
    /// <summary>Other words for it, in both languages.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Ids of the concepts right above it (beagle: dog).</summary>
    public IReadOnlyList<string> Broader { get; init; } = [];
}
