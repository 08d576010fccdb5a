namespace Pictor.Datasets;

/// <summary>Which samples train, validate and test: as the data set says, else cut by a seed, stratified by class, exact duplicates kept together.</summary>
/// <param name="Train">Indices into <see cref="Dataset.Samples"/>, ascending.</param>
/// <param name="Val">Likewise.</param>
/// <param name="Test">Likewise.</param>
/// <param name="Seed">The seed of what was cut.</param>
/// <param name="WasCut">True when at least one part was cut by the seed rather than declared.</param>
/// <param name="Explanation">What was done, in a sentence to say aloud.</param>
public sealed record SplitPlan(
    IReadOnlyList<int> Train, IReadOnlyList<int> Val, IReadOnlyList<int> Test, int Seed, bool WasCut, string Explanation)
{
    /// <summary>80/10/10 for a set without splits; 10 % of train for validation where a set has train and test but no val.</summary>
    public static SplitPlan For(Dataset data, int seed) => throw new NotImplementedException();

    /// <summary>Only what the data set itself declares; nothing is cut. Used for judging data that a package was not trained on.</summary>
    public static SplitPlan Declared(Dataset data) => throw new NotImplementedException();

    /// <summary>The indices of one part.</summary>
    public IReadOnlyList<int> this[Split split] => split switch { Split.Train => Train, Split.Val => Val, _ => Test };
}
