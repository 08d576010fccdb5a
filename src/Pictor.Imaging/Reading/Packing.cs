using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.Imaging;

/// <summary>From the decoder's red-green-blue-alpha quadruples to the channels that are kept.</summary>
internal static class Packing
{
    /// <summary>RGBA to RGB, for opaque pictures.</summary>
    internal static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        int n = rgba.Length / 4, i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(rgba);
            ref byte to = ref MemoryMarshal.GetReference(rgb);
            Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);

            // Sixteen bytes are written for every twelve that count; the next four pixels write over the rest.
            for (; i + 4 <= n && (3 * i) + 16 <= rgb.Length; i += 4)
                Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(4 * i)), order).StoreUnsafe(ref to, (nuint)(3 * i));
        }

        for (; i < n; i++)
        {
            rgb[3 * i] = rgba[4 * i];
            rgb[(3 * i) + 1] = rgba[(4 * i) + 1];
            rgb[(3 * i) + 2] = rgba[(4 * i) + 2];
        }
    }

    /// <summary>Unpremultiplied RGBA over white, rounded to nearest; one channel takes red, which in a grey file equals the others.</summary>
    internal static void OntoWhite(ReadOnlySpan<byte> rgba, Span<byte> kept, int channels)
    {
        int n = rgba.Length / 4;
        for (int i = 0; i < n; i++)
        {
            int alpha = rgba[(4 * i) + 3];
            for (int k = 0; k < channels; k++)
                kept[(i * channels) + k] = OverWhite(rgba[(4 * i) + k], alpha);
        }
    }

    internal static byte OverWhite(int value, int alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);

    /// <summary>RGB to opaque RGBA, for encoders.</summary>
    internal static byte[] AddAlpha(ReadOnlySpan<byte> rgb)
    {
        int n = rgb.Length / 3;
        byte[] rgba = GC.AllocateUninitializedArray<byte>(n * 4);
        for (int i = 0; i < n; i++)
        {
            rgba[4 * i] = rgb[3 * i];
            rgba[(4 * i) + 1] = rgb[(3 * i) + 1];
            rgba[(4 * i) + 2] = rgb[(3 * i) + 2];
            rgba[(4 * i) + 3] = 255;
        }

        return rgba;
    }
}
