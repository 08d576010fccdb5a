namespace Pictor.Models.Onnx;

/// <summary>What becomes of a network's last values in the ONNX file.</summary>
public sealed record OnnxWriterOptions
{
    /// <summary>Logits are divided by it on their way to the probabilities; the output logits stays as it is. Above 0. <value>1: not at all.</value></summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Each class is a question of its own (sigmoid) instead of one among all (softmax). <value>false.</value></summary>
    public bool MultiLabel { get; init; }

    /// <summary>The network's one value is the answer: an output <c>value</c> [batch, 1] in place of logits and probabilities. <value>false.</value></summary>
    public bool Regression { get; init; }

    /// <summary>With <see cref="Regression"/>: value = scale times the network's value + offset; the way back from a normalised target. <value>1.</value></summary>
    public double ValueScale { get; init; } = 1;

    /// <summary>See <see cref="ValueScale"/>. <value>0.</value></summary>
    public double ValueOffset { get; init; }
}
