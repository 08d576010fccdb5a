namespace Pictor;

/// <summary>One class of a data set or a model. Classes are matched by <paramref name="Id"/>, then name, then synonym; never by position.</summary>
/// <param name="Id">Stable identifier, such as a folder name or a WordNet id (n02085936).</param>
/// <param name="Name">English name shown to people; the id where nothing better is known.</param>
/// <param name="Chinese">Chinese name, if one is known.</param>
public sealed record Label(string Id, string Name, string? Chinese = null)
{
    /// <summary>Other names of the same class.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Ids of broader classes (beagle: dog).</summary>
    public IReadOnlyList<string> Broader { get; init; } = [];
}
