namespace Pictor.Models.Words;

/// <summary>What a word means to a package: everything at or below the concepts that it names.</summary>
/// <param name="Name">The concept's English name; where a word names several, that of the widest.</param>
/// <param name="Classes">Positions of the package's classes, ascending.</param>
/// <param name="Ids">Ids of these classes, and of the vocabulary's concepts.</param>
/// <param name="Words">Folded words that name any of them; words that are the proper name of something else are left out.</param>
public sealed record ConceptMeaning(string Name, IReadOnlyList<int> Classes, IReadOnlySet<string> Ids, IReadOnlySet<string> Words);
