namespace Pictor.Imaging;

/// <summary>The shape of a network's input: [channels, height, width].</summary>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
public readonly record struct PictureShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one picture: channels x height x width.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>"3x224x224".</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
