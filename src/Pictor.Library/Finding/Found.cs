namespace Pictor.Library.Finding;

/// <summary>Where a word was found.</summary>
internal enum FoundIn : byte
{
    Tag,
    Concept,
    Fact,
    Text,
    Name,
    Filter,
}

/// <summary>A picture that one word has found.</summary>
/// <param name="Picture">Its row.</param>
/// <param name="Score">0..1.</param>
/// <param name="In">Where.</param>
/// <param name="Source">The row of the annotation that says it, or of the picture whose name does; its text is looked up for the few that are shown.</param>
/// <param name="Value">What says it, where that is no row.</param>
/// <param name="Weak">It fits hardly better than chance.</param>
internal readonly record struct Found(long Picture, double Score, FoundIn In, long Source, string? Value = null, bool Weak = false)
{
    /// <summary>A sure match comes before a weak one, then the higher score, then the plainer reason.</summary>
    internal bool IsBetterThan(in Found other) => Weak != other.Weak ? other.Weak : Score != other.Score ? Score > other.Score : In < other.In;
}
