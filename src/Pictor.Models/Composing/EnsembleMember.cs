using Pictor.Models.Packages;

namespace Pictor.Models.Composing;

/// <summary>Which embedding an ensemble gives for search.</summary>
public enum EnsembleEmbedding
{
    /// <summary>
    /// Those of all members side by side: pictures are as similar as the members find on average. The best for finding, and as long as all together.
    /// </summary>
    All,

    /// <summary>That of the first member: short, and pictures indexed with it need no new embedding.</summary>
    First,

    /// <summary>None.</summary>
    None,
}

/// <summary>A package in an ensemble.</summary>
/// <param name="Package">The package.</param>
/// <param name="Weight">Its share, 0..1.</param>
/// <param name="Order">For each class of the first member, the position of this member's.</param>
internal sealed record EnsembleMember(ModelPackage Package, double Weight, IReadOnlyList<int> Order);
