namespace Pictor.Imaging;

/// <summary>From a fixed-point sum, half already added, to a sample.</summary>
internal static class Rounding
{
    internal static byte ToByte(int sum) => (byte)Math.Clamp(sum >> Weights.Bits, 0, 255);
}
