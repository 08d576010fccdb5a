namespace Pictor.Datasets;

/// <summary>How <see cref="SplitPlan.Cut"/> cuts.</summary>
public sealed record SplitOptions
{
    /// <summary>Share of the validation part, 0..1. <value>0.1.</value></summary>
    public double Val { get; init; } = 0.1;

    /// <summary>Share of the test part, 0..1; with <see cref="Val"/> less than 1. <value>0.1.</value></summary>
    public double Test { get; init; } = 0.1;

    /// <summary>Decides which samples go where. <value>1.</value></summary>
    public int Seed { get; init; } = 1;

    /// <summary>False: a test part that the data set declares stays, and the rest is cut. True: everything is cut anew. <value>false.</value></summary>
    public bool Anew { get; init; }

    /// <summary>One number for each sample: those with the same one stay together, negative ones join nothing. Null: equal bytes and <see cref="Sample.Group"/> only.</summary>
    public IReadOnlyList<int>? GroupOf { get; init; }
}
