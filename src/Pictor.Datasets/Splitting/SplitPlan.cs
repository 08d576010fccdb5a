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
    /// Samples with equal bytes, and samples of one <see cref="Sample.Group"/>, go to the same part as one. The outcome depends on contents and seed alone.
    /// </summary>
    public static SplitPlan For(Dataset data, int seed)
    {
        SplitPlan plan = Splitter.Plan(data.Samples, seed);
        return plan with { Explanation = plan.Explanation + Splitter.UntrainedWarning(data, plan) };
    }

    /// <summary>Only what the data set itself declares; nothing is cut. Used for judging data that a package was not trained on.</summary>
    public static SplitPlan Declared(Dataset data) => Splitter.Declared(data.Samples, 0);

    /// <summary>Cuts by request, so that no group straddles two parts: equal bytes, <see cref="Sample.Group"/> and what <see cref="SplitOptions.GroupOf"/> joins stay together.</summary>
    /// <returns>Samples that share a group with a declared test part that stays are in no part of the plan.</returns>
    /// <exception cref="ArgumentException">Shares that leave nothing to train, or not one group number for each sample.</exception>
    public static SplitPlan Cut(Dataset data, SplitOptions options) => CutAs(data, data.Samples, options);

    internal static SplitPlan CutAs(Dataset data, IReadOnlyList<Sample> samples, SplitOptions options)
    {
        if (!(options.Val >= 0 && options.Test >= 0 && options.Val + options.Test < 1) || (options.GroupOf is { } groups && groups.Count != data.Samples.Count))
            throw new ArgumentException("Shares are 0..1 and less than 1 in all, and there is one group number for each sample.", nameof(options));
        SplitPlan plan = Splitter.Cut(samples, options);
        return plan with { Explanation = plan.Explanation + Splitter.UntrainedWarning(data, plan) };
    }

    /// <summary>The indices of one part.</summary>
    public IReadOnlyList<int> this[Split split] => split switch { Split.Train => Train, Split.Val => Val, _ => Test };
}
