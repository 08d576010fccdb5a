namespace Pictor.Training.Heads;

/// <summary>A head to be trained on the frozen embedding of a package.</summary>
/// <param name="On">Path of the package to build on.</param>
/// <param name="Data">Path of the data set.</param>
/// <param name="Out">Run folder.</param>
/// <param name="Name">Name of the new package.</param>
/// <param name="Version">Its version. <value>1.0.0.</value></param>
/// <param name="Seed">Seed of the split, where the data set has none of its own. <value>1.</value></param>
public sealed record HeadJob(string On, string Data, string Out, string Name, string Version = "1.0.0", int Seed = 1)
{
    /// <summary>Start over in <see cref="Out"/>, dropping the run that is there. <value>false.</value></summary>
    public bool Force { get; init; }

    /// <summary>Fit on the mirror image of every training picture too: twice the time for embedding. Not for digits, letters or signs. <value>false.</value></summary>
    public bool Mirror { get; init; }

    /// <summary>Every class weighs the same, however many pictures it has. <value>false.</value></summary>
    public bool Balanced { get; init; }

    /// <summary>Factor of |W|^2 / 2, above 0, for features of mean squared length 1; null: chosen on the validation part, or by folds of a small training part. <value>null.</value></summary>
    public double? Penalty { get; init; }
}

/// <summary>What came of a <see cref="HeadJob"/>.</summary>
/// <param name="Model">Path of the package.</param>
/// <param name="ValAccuracy">0..1; each yes and no on its own for several classes a picture; null for numbers and without a validation part.</param>
/// <param name="ValLoss">Mean log loss (Huber loss of standardised numbers); null without a validation part.</param>
/// <param name="Metrics">All figures by name, as the package keeps them.</param>
/// <param name="EmbedSeconds">For decoding and embedding.</param>
/// <param name="FitSeconds">For choosing and fitting.</param>
/// <param name="Seconds">In all.</param>
/// <param name="Notes">What was decided, and what to know about it, a sentence each.</param>
/// <param name="Skipped">Pictures that were left out, each with its reason.</param>
public sealed record HeadOutcome(
    string Model, double? ValAccuracy, double? ValLoss, IReadOnlyDictionary<string, double> Metrics, double EmbedSeconds, double FitSeconds, double Seconds,
    IReadOnlyList<string> Notes, IReadOnlyList<SkippedFile> Skipped);
