namespace Pictor.Models.Networks;

/// <summary>One operation of a network, as data.</summary>
public abstract record Layer
{
    private Layer() { }

    /// <summary>The network's input, [channels, height, width].</summary>
    public sealed record Input : Layer;

    /// <summary>2-D convolution; weights [out, in / groups, kernel, kernel].</summary>
    public sealed record Convolution(int Out, int Kernel, int Stride = 1, int Padding = 0, bool Bias = true, int Groups = 1) : Layer;

    /// <summary>
    /// Batch normalisation over channels; running statistics are parameters that are not trained. <paramref name="ZeroInit"/>: its scale starts at
    /// zero, so that the residual block which it ends starts as the identity (Goyal et al. 2017, section 5.1).
    /// </summary>
    public sealed record BatchNorm(float Epsilon = 1e-5f, float Momentum = 0.1f, bool ZeroInit = false) : Layer;

    /// <summary>max(0, x).</summary>
    public sealed record Relu : Layer;

    /// <summary>Maximum over windows.</summary>
    public sealed record MaxPool(int Kernel, int Stride, int Padding = 0) : Layer;

    /// <summary>Mean over windows.</summary>
    public sealed record AveragePool(int Kernel, int Stride) : Layer;

    /// <summary>
    /// Mean over a grid of Height x Width windows that cover the picture, whatever its size: window i of n runs from floor(i side / n) to
    /// ceil((i + 1) side / n), as torch has it; windows overlap where the side is no multiple of n, and repeat pixels where it is smaller.
    /// </summary>
    public sealed record AdaptiveAveragePool(int Height, int Width) : Layer;

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
