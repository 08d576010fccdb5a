namespace Pictor.Models.Composing;

/// <summary>What a head's numbers mean.</summary>
public enum HeadKind
{
    /// <summary>One class holds: softmax.</summary>
    Softmax,

    /// <summary>Each class is a question of its own: sigmoid.</summary>
    Sigmoid,

    /// <summary>A number in the target's units.</summary>
    Value,
}

/// <summary>A linear layer on an embedding.</summary>
/// <param name="Kind">What follows it.</param>
/// <param name="Classes">Its outputs; 1 for <see cref="HeadKind.Value"/>.</param>
/// <param name="Weights">[classes, embedding length].</param>
/// <param name="Bias">[classes].</param>
public sealed record HeadLayer(HeadKind Kind, int Classes, float[] Weights, float[] Bias)
{
    /// <summary>Logits are divided by it before softmax or sigmoid. <value>1.</value></summary>
    public double Temperature { get; init; } = 1;
}
