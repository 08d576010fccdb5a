namespace Pictor;

/// <summary>A rectangle on an upright picture: fractions 0..1 of its width and height, origin at the top left.</summary>
/// <param name="X">Left edge, 0..1.</param>
/// <param name="Y">Top edge, 0..1.</param>
/// <param name="Width">Width, 0..1.</param>
/// <param name="Height">Height, 0..1.</param>
public readonly record struct BoundingBox(double X, double Y, double Width, double Height)
{
    /// <summary>True when the box lies inside the picture and has an area.</summary>
    public bool IsValid =>
        X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X + Width <= 1 + 1e-9 && Y + Height <= 1 + 1e-9;
}
