using System.Numerics;

namespace Pictor.Datasets.Rendering;

/// <summary>One colour, or a gradient between two heights of the picture. Colours are red, green, blue in 0..1.</summary>
/// <param name="From">At <paramref name="Top"/> and above.</param>
/// <param name="To">At <paramref name="Bottom"/> and below.</param>
/// <param name="Top">Fraction of the picture's height.</param>
/// <param name="Bottom">Fraction of the picture's height.</param>
internal readonly record struct Paint(Vector3 From, Vector3 To, float Top = 0, float Bottom = 1)
{
    public static implicit operator Paint(Vector3 colour) => new(colour, colour);

    public Vector3 At(float height) => Bottom > Top ? Vector3.Lerp(From, To, Math.Clamp((height - Top) / (Bottom - Top), 0, 1)) : From;

    /// <summary>A body lit from above: a little lighter at its top, darker at its bottom.</summary>
    public static Paint Lit(Vector3 colour, float top, float bottom, float amount = 0.1f) =>
        new(Vector3.Lerp(colour, Vector3.One, amount), Vector3.Lerp(colour, Vector3.Zero, amount), top, bottom);
}
