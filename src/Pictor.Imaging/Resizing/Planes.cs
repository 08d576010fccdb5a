using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.Imaging;

/// <summary>From interleaved samples to one plane per channel, and from bytes to normalised numbers.</summary>
internal static class Planes
{
    /// <summary>Writes the picture into the top left corner of the planes, converting channels.</summary>
    internal static void From(ReadOnlySpan<byte> data, int channels, int width, int height, Span<byte> planes, PictureShape shape)
    {
        int plane = shape.Width * shape.Height;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = data.Slice(y * width * channels, width * channels);
            int at = y * shape.Width;
            if (channels == 1)
            {
                for (int c = 0; c < shape.Channels; c++)
                    row.CopyTo(planes[((c * plane) + at)..]);
            }
            else if (shape.Channels == 1)
            {
                Luma(row, planes.Slice(at, width));
            }
            else
            {
                Split(row, planes.Slice(at, width), planes.Slice(plane + at, width), planes.Slice((2 * plane) + at, width));
            }
        }
    }

    /// <summary>BT.601 luma with 16 fractional bits, as Pillow's convert("L").</summary>
    internal static void Luma(ReadOnlySpan<byte> rgb, Span<byte> grey)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(rgb[..(3 * grey.Length)]);
            for (; i + 16 <= grey.Length; i += 16)
            {
                Vector128<byte> a = Vector128.LoadUnsafe(ref from, (nuint)(3 * i));
                Vector128<byte> b = Vector128.LoadUnsafe(ref from, (nuint)((3 * i) + 16));
                Vector128<byte> c = Vector128.LoadUnsafe(ref from, (nuint)((3 * i) + 32));
                (Vector128<ushort> redLow, Vector128<ushort> redHigh) = Vector128.Widen(EveryThird(a, b, c, 0));
                (Vector128<ushort> greenLow, Vector128<ushort> greenHigh) = Vector128.Widen(EveryThird(a, b, c, 1));
                (Vector128<ushort> blueLow, Vector128<ushort> blueHigh) = Vector128.Widen(EveryThird(a, b, c, 2));
                Vector128.Narrow(Luma(redLow, greenLow, blueLow), Luma(redHigh, greenHigh, blueHigh)).CopyTo(grey[i..]);
            }
        }

        for (; i < grey.Length; i++)
            grey[i] = (byte)(((rgb[3 * i] * 19595) + (rgb[(3 * i) + 1] * 38470) + (rgb[(3 * i) + 2] * 7471) + 0x8000) >> 16);
    }

    private static Vector128<ushort> Luma(Vector128<ushort> red, Vector128<ushort> green, Vector128<ushort> blue) => Vector128.Narrow(
        Luma(Vector128.WidenLower(red), Vector128.WidenLower(green), Vector128.WidenLower(blue)), Luma(Vector128.WidenUpper(red), Vector128.WidenUpper(green), Vector128.WidenUpper(blue)));

    private static Vector128<uint> Luma(Vector128<uint> red, Vector128<uint> green, Vector128<uint> blue) =>
        ((red * 19595u) + (green * 38470u) + (blue * 7471u) + Vector128.Create(0x8000u)) >> 16;

    /// <summary>v x factor + offset, multiplied and added in two roundings on every processor.</summary>
    internal static void Scale(ReadOnlySpan<byte> bytes, Span<float> values, float factor, float offset)
    {
        int i = 0, lanes = Vector<float>.Count;
        for (Vector<float> factors = new(factor), offsets = new(offset); i + (4 * lanes) <= bytes.Length; i += 4 * lanes)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
            Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
            Span<float> to = values.Slice(i, 4 * lanes);
            ((Number(a) * factors) + offsets).CopyTo(to);
            ((Number(b) * factors) + offsets).CopyTo(to[lanes..]);
            ((Number(c) * factors) + offsets).CopyTo(to[(2 * lanes)..]);
            ((Number(d) * factors) + offsets).CopyTo(to[(3 * lanes)..]);
        }

        for (; i < bytes.Length; i++)
            values[i] = (bytes[i] * factor) + offset;
    }

    private static Vector<float> Number(Vector<uint> value) => Vector.ConvertToSingle(Vector.AsVectorInt32(value));

    internal static void Split(ReadOnlySpan<byte> rgb, Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(rgb[..(3 * red.Length)]);
            for (; i + 16 <= red.Length; i += 16)
            {
                Vector128<byte> a = Vector128.LoadUnsafe(ref from, (nuint)(3 * i));
                Vector128<byte> b = Vector128.LoadUnsafe(ref from, (nuint)((3 * i) + 16));
                Vector128<byte> c = Vector128.LoadUnsafe(ref from, (nuint)((3 * i) + 32));
                EveryThird(a, b, c, 0).CopyTo(red[i..]);
                EveryThird(a, b, c, 1).CopyTo(green[i..]);
                EveryThird(a, b, c, 2).CopyTo(blue[i..]);
            }
        }

        for (; i < red.Length; i++)
        {
            red[i] = rgb[3 * i];
            green[i] = rgb[(3 * i) + 1];
            blue[i] = rgb[(3 * i) + 2];
        }
    }

    // Of 48 bytes each third; an index of 255 gives zero, so the three shuffles can be added up. Constant once the call is inlined.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> EveryThird(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, int channel)
    {
        const byte Z = 255;
        return channel switch
        {
            0 => Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(b, Vector128.Create(Z, Z, Z, Z, Z, Z, 2, 5, 8, 11, 14, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(c, Vector128.Create(Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, 1, 4, 7, 10, 13)),
            1 => Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(b, Vector128.Create(Z, Z, Z, Z, Z, 0, 3, 6, 9, 12, 15, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(c, Vector128.Create(Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, 2, 5, 8, 11, 14)),
            _ => Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(b, Vector128.Create(Z, Z, Z, Z, Z, 1, 4, 7, 10, 13, Z, Z, Z, Z, Z, Z))
                | Vector128.Shuffle(c, Vector128.Create(Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, 0, 3, 6, 9, 12, 15)),
        };
    }
}
