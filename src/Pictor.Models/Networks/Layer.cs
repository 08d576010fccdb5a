namespace Pictor.Models.Networks;

/// <summary>One operation of a network, as data.</summary>
public abstract record Layer
{
    private Layer() { }

    /// <summary>The network's input, [channels, height, width].</summary>
    public sealed record Input : Layer;

    /// <summary>2-D convolution; weights [out, in / groups, kernel, kernel].</summary>
    public sealed record Convolution(int Out, int Kernel, int Stride = 1, int Padding = 0, bool Bias = true, int Groups = 1) : Layer;

    /// <summary>Batch normalisation over channels; running statistics are parameters that are not trained.</summary>
    public sealed record BatchNorm(float Epsilon = 1e-5f, float Momentum = 0.1f) : Layer;

    /// <summary>max(0, x).</summary>
    public sealed record Relu : Layer;

    /// <summary>Maximum over windows.</summary>
    public sealed record MaxPool(int Kernel, int Stride, int Padding = 0) : Layer;

    /// <summary>Mean over windows.</summary>
    public sealed record AveragePool(int Kernel, int Stride) : Layer;

    /// <summary>Mean over all positions: [c, h, w] to [c].</summary>
    public sealed record GlobalAveragePool : Layer;

    /// <summary>[c, h, w] to [c * h * w].</summary>
    public sealed record Flatten : Layer;

    /// <summary>Each row of the picture becomes a step: [c, h, w] to [h, c * w].</summary>
    public sealed record Rows : Layer;

    /// <summary>LSTM over steps, one direction, whole sequence out: [steps, features] to [steps, hidden]. Gates in torch's order (i, f, g, o).</summary>
    public sealed record Lstm(int Hidden) : Layer;

    /// <summary>The last step: [steps, features] to [features].</summary>
    public sealed record LastStep : Layer;

    /// <summary>Dropout; nothing outside training.</summary>
    public sealed record Dropout(float Probability) : Layer;

    /// <summary>Fully connected; weights [out, in].</summary>
    public sealed record Linear(int Out, bool Bias = true) : Layer;

    /// <summary>Element-wise sum of two inputs of equal shape.</summary>
    public sealed record Add : Layer;

    /// <summary>Multiplication by a constant.</summary>
    public sealed record Scale(float Factor) : Layer;
}
