namespace Pictor.Imaging;

/// <summary>Pixels are a plain record that anyone can build; whoever works on them checks first.</summary>
internal static class PixelGuard
{
    internal static void Check(Pixels pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Width is < 1 or > Guard.LongestSide || pixels.Height is < 1 or > Guard.LongestSide || pixels.Channels is not (1 or 3)
            || pixels.Data.Length != (long)pixels.Width * pixels.Height * pixels.Channels)
        {
            throw new ArgumentException(
                $"{pixels.Width} x {pixels.Height} pixels of {pixels.Channels} channels do not fit {pixels.Data.Length} bytes; sides are 1..{Guard.LongestSide}, channels 1 or 3.",
                nameof(pixels));
        }
    }

    internal static void CheckSide(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, Guard.LongestSide);
    }
}
