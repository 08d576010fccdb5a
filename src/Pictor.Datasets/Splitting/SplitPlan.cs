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
    /// <summary>
    /// Declared parts stay as they are. A set without parts, or with nothing but train, is cut 80/10/10; one with train and test gives up 10 % of train for validation.
    /// Of a class with n samples, val and test each get a tenth, rounded, but at least one where n allows: one sample trains, two give train and val, three and more all parts.
    /// Samples with equal bytes go to the same part as one. The outcome depends on contents and seed alone.
    /// </summary>
    public static SplitPlan For(Dataset data, int seed)
    {
        SplitPlan plan = Splitter.Plan(data.Samples, seed);
        return plan with { Explanation = plan.Explanation + Splitter.UntrainedWarning(data, plan) };
    }

    /// <summary>Only what the data set itself declares; nothing is cut. Used for judging data that a package was not trained on.</summary>
    public static SplitPlan Declared(Dataset data) => Splitter.Declared(data.Samples, 0);

    /// <summary>The indices of one part.</summary>
    public IReadOnlyList<int> this[Split split] => split switch { Split.Train => Train, Split.Val => Val, _ => Test };
}
