using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Mixes a picture into another: blended as a whole, or a rectangle pasted.</summary>
internal static class PictureMixer
{
    private const int Bits = 8;

    /// <param name="own">[channels, height, width]; changed in place.</param>
    /// <param name="other">The same shape.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="mix">How.</param>
    public static void Apply(Span<byte> own, ReadOnlySpan<byte> other, PictureShape shape, Mix mix)
    {
        if (mix.IsBlend)
        {
            Blend(own, other, mix.Share);
            return;
        }

        for (int row = mix.Top; row < mix.Top + mix.Height; row++)
        {
            for (int c = 0; c < shape.Channels; c++)
            {
                int at = (((c * shape.Height) + row) * shape.Width) + mix.Left;
                other.Slice(at, mix.Width).CopyTo(own[at..]);
            }
        }
    }

    /// <summary>own x share + other x (1 - share), rounded; the share in 1/256, in 16 bits a value.</summary>
    internal static void Blend(Span<byte> own, ReadOnlySpan<byte> other, float share)
    {
        ushort mine = (ushort)Math.Round(share * (1 << Bits)), yours = (ushort)((1 << Bits) - mine), half = 1 << (Bits - 1);
        int i = 0;
        for (Vector<ushort> a = new(mine), b = new(yours), h = new(half); i + Vector<byte>.Count <= own.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(own[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(new Vector<byte>(other[i..]), out Vector<ushort> otherLow, out Vector<ushort> otherHigh);
            Vector<ushort> x = Vector.ShiftRightLogical((low * a) + (otherLow * b) + h, Bits), y = Vector.ShiftRightLogical((high * a) + (otherHigh * b) + h, Bits);
            Vector.Narrow(x, y).CopyTo(own[i..]);
        }

        for (; i < own.Length; i++)
            own[i] = (byte)(((own[i] * mine) + (other[i] * yours) + half) >> Bits);
    }
}
