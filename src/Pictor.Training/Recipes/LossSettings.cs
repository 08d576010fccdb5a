namespace Pictor.Training.Recipes;

/// <summary>What is minimised.</summary>
public sealed record LossSettings
{
    /// <summary>The words that <see cref="Kind"/> takes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["auto", "cross-entropy", "focal", "bce", "huber"];

    /// <summary>
    /// <c>cross-entropy</c> or <c>focal</c> (Lin et al. 2017; for several classes a picture: of each class's own probability), <c>bce</c> (each class a question of its own),
    /// <c>huber</c> (a number, after it has been brought to mean 0 and deviation 1). <c>auto</c>: cross-entropy for one class a picture, bce for several, huber for a number. <value>auto.</value>
    /// </summary>
    public string Kind { get; init; } = "auto";

    /// <summary>Share of the target that is spread over all classes (Szegedy et al. 2016). <value>0; 0..1, 1 excluded.</value></summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Exponent of focal: how much what is known already counts less. <value>2; 0..10.</value></summary>
    public double FocalGamma { get; init; } = 2;

    /// <summary>Where huber goes from square to straight, in deviations of the target. <value>1.</value></summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary><c>none</c>, or <c>balanced</c>: classes weigh by the inverse of their frequency. <value>none.</value></summary>
    public string ClassWeights { get; init; } = "none";
}
