namespace Pictor.Imaging;

/// <summary>How a picture of any shape is brought to a network's input size.</summary>
public enum ResizePolicy
{
    /// <summary>Both sides are scaled independently; a picture that has the size already is untouched.</summary>
    Stretch,

    /// <summary>Scaled until the shorter side fits, then the middle is cut out.</summary>
    CentreCrop,

    /// <summary>Scaled until the longer side fits, then padded to a square with mid grey (114).</summary>
    Letterbox,
}

/// <summary>
/// From pixels to a network's input, in two steps: the 8-bit planes that training stores, and the numbers that enter the network.
/// It is part of every package, so that serving cannot differ from training.
/// </summary>
/// <param name="Shape">The input's shape.</param>
/// <param name="Policy">How other sizes are brought to it.</param>
/// <param name="Mean">Per channel, in units of 0..1, subtracted after the division by 255.</param>
/// <param name="Std">Per channel, in units of 0..1; divides last.</param>
public sealed record Preprocessing(PictureShape Shape, ResizePolicy Policy, IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    /// <summary>The filter used for resizing. <value>Bilinear, antialiased.</value></summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Resizes by the policy and converts channels (grey to RGB by repetition, RGB to grey by BT.601 luma).</summary>
    /// <param name="picture">Any size, 1 or 3 channels.</param>
    /// <param name="planes">[channels, height, width] of <see cref="Shape"/>.</param>
    public void ToPlanes(Pixels picture, Span<byte> planes) => throw new NotImplementedException();

    /// <summary>(v / 255 - mean) / std for each value.</summary>
    /// <param name="planes">[n, channels, height, width].</param>
    /// <param name="values">The same shape.</param>
    public void Normalize(ReadOnlySpan<byte> planes, Span<float> values) => throw new NotImplementedException();

    /// <summary>The options with which a file should be decoded for this input: shrink on load down to what the policy needs.</summary>
    public DecodeOptions DecodeOptions() => throw new NotImplementedException();
}
