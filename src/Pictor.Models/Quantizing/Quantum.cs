namespace Pictor.Models.Quantizing;

/// <summary>How values are written in 8 bits without sign: value = scale * (code - zero).</summary>
/// <param name="Scale">Above 0.</param>
/// <param name="Zero">The code of 0, which is always told exactly: padding and ReLU stay what they are.</param>
internal readonly record struct Quantum(float Scale, byte Zero)
{
    /// <summary>Codes that span the range, widened to hold 0.</summary>
    public static Quantum Of(double low, double high)
    {
        (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        double scale = Math.Max((high - low) / 255, 1e-12);
        return new Quantum((float)scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, 255));
    }
}
