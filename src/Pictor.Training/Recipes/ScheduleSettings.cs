namespace Pictor.Training.Recipes;

/// <summary>How the learning rate moves over the run.</summary>
public sealed record ScheduleSettings
{
    /// <summary>The words that <see cref="Kind"/> takes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["one-cycle", "cosine", "linear", "step", "constant"];

    /// <summary>
    /// <c>one-cycle</c> (Smith 2018: cosine up, cosine down to zero), <c>cosine</c> (Loshchilov and Hutter 2017) and <c>linear</c> fall to zero; <c>step</c> falls
    /// by <see cref="Factor"/> at equal distances; <c>constant</c> stays. <value>one-cycle.</value>
    /// </summary>
    public string Kind { get; init; } = "one-cycle";

    /// <summary>Share of the run in which the rate rises to its peak; null: 0.25 for one-cycle, 0.05 for cosine, linear and step, 0 for constant. <value>null; 0..1, 1 excluded.</value></summary>
    public double? Warmup { get; init; }

    /// <summary>Times that <c>step</c> falls: 2 falls after a third and after two thirds of what follows the warm-up. <value>2.</value></summary>
    public int Drops { get; init; } = 2;

    /// <summary>What <c>step</c> multiplies the rate by. <value>0.1; 0..1.</value></summary>
    public double Factor { get; init; } = 0.1;

    /// <summary><see cref="Warmup"/>, decided.</summary>
    public double WarmupShare() => Warmup ?? Kind switch { "one-cycle" => 0.25, "constant" => 0, _ => 0.05 };
}
