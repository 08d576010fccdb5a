namespace Pictor.Imaging;

/// <summary>The part of a resized picture that is wanted; the rest is never computed.</summary>
internal readonly record struct Window(int X, int Y, int Width, int Height)
{
    internal static Window Whole(int width, int height) => new(0, 0, width, height);
}
