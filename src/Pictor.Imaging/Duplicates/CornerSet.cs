namespace Pictor.Imaging;

/// <summary>A point that is found again in other copies of the picture.</summary>
/// <param name="X">In pixels of the picture at its working size.</param>
/// <param name="Y">Likewise.</param>
/// <param name="Scale">Size of a pixel of the level it was found on.</param>
/// <param name="Angle">Direction, in radians.</param>
/// <param name="Bits">What it looks like.</param>
internal readonly record struct Corner(float X, float Y, float Scale, float Angle, CornerBits Bits);

/// <summary>The corners of a picture at its working size.</summary>
internal sealed record CornerSet(int Width, int Height, Corner[] Corners);
