namespace Pictor.Library;

/// <summary>A picture by no more than a grid needs to find a place for it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
public readonly record struct PictureOutline(string Id, int Width, int Height);
