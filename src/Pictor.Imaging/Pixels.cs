namespace Pictor.Imaging;

/// <summary>An upright picture in memory: 8-bit sRGB, rows from the top, channels interleaved, alpha already flattened onto white.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Data">[height, width, channels], exactly that long.</param>
public sealed record Pixels(int Width, int Height, int Channels, byte[] Data);
