using System.Buffers;
using System.Numerics;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Blurs and sharpens, a plane at a time.</summary>
internal static class Softening
{
    private const int MostRadius = 32;
    private const int Bits = 8;

    /// <summary>Gaussian blur, separable, weights in 1/256 that sum to one; edge pixels are repeated.</summary>
    /// <param name="planes">[channels, height, width]; changed in place.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="sigma">In pixels, above 0.</param>
    public static void Blur(Span<byte> planes, PictureShape shape, double sigma)
    {
        int radius = Math.Clamp((int)Math.Ceiling(2.5 * sigma), 1, MostRadius), area = shape.Width * shape.Height;
        Span<ushort> weights = stackalloc ushort[(2 * MostRadius) + 1];
        weights = weights[..((2 * radius) + 1)];
        Gaussian(weights, radius, sigma);
        byte[] scratch = ArrayPool<byte>.Shared.Rent(area + shape.Width + (2 * radius));
        Span<byte> across = scratch.AsSpan(0, area), padded = scratch.AsSpan(area, shape.Width + (2 * radius));
        for (int c = 0; c < shape.Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * area, area);
            for (int y = 0; y < shape.Height; y++)
            {
                ReadOnlySpan<byte> row = plane.Slice(y * shape.Width, shape.Width);
                padded[..radius].Fill(row[0]);
                row.CopyTo(padded[radius..]);
                padded[^radius..].Fill(row[^1]);
                Sum(padded, 1, weights, across.Slice(y * shape.Width, shape.Width));
            }

            for (int y = 0; y < shape.Height; y++)
                Columns(across, shape, y, weights, plane.Slice(y * shape.Width, shape.Width));
        }

        ArrayPool<byte>.Shared.Return(scratch);
    }

    /// <summary>Away from (factor above 1) or towards (below 1) the smoothed picture: Pillow's Sharpness, kernel (1 1 1, 1 5 1, 1 1 1) / 13; the border stays.</summary>
    public static void Sharpen(Span<byte> planes, PictureShape shape, double factor)
    {
        int area = shape.Width * shape.Height, width = shape.Width, f = (int)Math.Round(factor * (1 << Bits));
        byte[] scratch = ArrayPool<byte>.Shared.Rent(area);
        for (int c = 0; c < shape.Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * area, area);
            plane.CopyTo(scratch);
            for (int y = 1; y < shape.Height - 1; y++)
            {
                ReadOnlySpan<byte> above = scratch.AsSpan((y - 1) * width, width), row = scratch.AsSpan(y * width, width), below = scratch.AsSpan((y + 1) * width, width);
                Span<byte> to = plane.Slice(y * width, width);
                for (int x = 1; x < width - 1; x++)
                {
                    int sum = above[x - 1] + above[x] + above[x + 1] + row[x - 1] + (5 * row[x]) + row[x + 1] + below[x - 1] + below[x] + below[x + 1];
                    int smooth = ((2 * sum) + 13) / 26;
                    to[x] = (byte)Math.Clamp(smooth + ((((row[x] - smooth) * f) + (1 << (Bits - 1))) >> Bits), 0, 255);
                }
            }
        }

        ArrayPool<byte>.Shared.Return(scratch);
    }

    private static void Gaussian(Span<ushort> weights, int radius, double sigma)
    {
        Span<double> exact = stackalloc double[weights.Length];
        double sum = 0;
        for (int i = 0; i < exact.Length; i++)
            sum += exact[i] = Math.Exp(-0.5 * (i - radius) * (i - radius) / (sigma * sigma));
        int rest = 1 << Bits;
        for (int i = 0; i < weights.Length; i++)
            rest -= weights[i] = (ushort)Math.Round(exact[i] / sum * (1 << Bits));
        weights[radius] = (ushort)(weights[radius] + rest);
    }

    /// <summary>result[i] = sum of source[i + k x stride] x weights[k].</summary>
    private static void Sum(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<ushort> weights, Span<byte> result)
    {
        int i = 0;
        var half = new Vector<ushort>(1 << (Bits - 1));
        for (; i + Vector<byte>.Count <= result.Length; i += Vector<byte>.Count)
        {
            Vector<ushort> low = half, high = half;
            for (int k = 0; k < weights.Length; k++)
                AddTo(ref low, ref high, source[(i + (k * stride))..], weights[k]);
            Vector.Narrow(Vector.ShiftRightLogical(low, Bits), Vector.ShiftRightLogical(high, Bits)).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            int sum = 1 << (Bits - 1);
            for (int k = 0; k < weights.Length; k++)
                sum += source[i + (k * stride)] * weights[k];
            result[i] = (byte)(sum >> Bits);
        }
    }

    private static void Columns(ReadOnlySpan<byte> source, PictureShape shape, int y, ReadOnlySpan<ushort> weights, Span<byte> result)
    {
        int radius = weights.Length / 2, i = 0;
        if (y >= radius && y + radius < shape.Height)
        {
            Sum(source[((y - radius) * shape.Width)..], shape.Width, weights, result);
            return;
        }

        for (; i < result.Length; i++)
        {
            int sum = 1 << (Bits - 1);
            for (int k = 0; k < weights.Length; k++)
                sum += source[(Math.Clamp(y + k - radius, 0, shape.Height - 1) * shape.Width) + i] * weights[k];
            result[i] = (byte)(sum >> Bits);
        }
    }

    private static void AddTo(ref Vector<ushort> low, ref Vector<ushort> high, ReadOnlySpan<byte> source, ushort weight)
    {
        Vector.Widen(new Vector<byte>(source), out Vector<ushort> a, out Vector<ushort> b);
        low += a * weight;
        high += b * weight;
    }
}
