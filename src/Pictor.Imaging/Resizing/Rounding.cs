namespace Pictor.Imaging;

/// <summary>From a fixed-point sum, which began with one half, to a sample.</summary>
internal static class Rounding
{
    internal const int Half = 1 << (Weights.Bits - 1);

    internal static byte ToByte(int sum) => (byte)Math.Clamp(sum >> Weights.Bits, 0, 255);
}
