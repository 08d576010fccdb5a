namespace Pictor.Models.Annotators;

/// <summary>One class with its probability.</summary>
/// <param name="Label">The class's name for people.</param>
/// <param name="LabelId">Its id.</param>
/// <param name="Probability">0..1.</param>
public sealed record ClassPrediction(string Label, string LabelId, double Probability);

/// <summary>What a package says of one picture.</summary>
/// <param name="Probabilities">[classes]; they sum to 1, or stand each for itself where the package is multi-label; empty for a regressor.</param>
/// <param name="Embedding">[embedding length], unit length; empty without one.</param>
public sealed record PictureReading(float[] Probabilities, float[] Embedding)
{
    /// <summary>A regressor's answer in the target's units; null for a classifier.</summary>
    public double? Value { get; init; }
}
