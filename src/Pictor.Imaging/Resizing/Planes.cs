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
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)(((rgb[3 * i] * 19595) + (rgb[(3 * i) + 1] * 38470) + (rgb[(3 * i) + 2] * 7471) + 0x8000) >> 16);
    }

    private static void Split(ReadOnlySpan<byte> rgb, Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        for (int i = 0; i < red.Length; i++)
        {
            red[i] = rgb[3 * i];
            green[i] = rgb[(3 * i) + 1];
            blue[i] = rgb[(3 * i) + 2];
        }
    }

    /// <summary>v x factor + offset, multiplied and added in two roundings on every processor.</summary>
    internal static void Scale(ReadOnlySpan<byte> bytes, Span<float> values, float factor, float offset)
    {
        for (int i = 0; i < bytes.Length; i++)
            values[i] = (bytes[i] * factor) + offset;
    }
}
