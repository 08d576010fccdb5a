using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pictor.Imaging;

/// <summary>Weighted sums along rows of interleaved pixels. The three channels of a pixel share its weight, so they travel in one vector of four integers.</summary>
internal static class HorizontalPass
{
    internal static void Run(Pixels source, int width, int left, int top, int rows, in Weights weights, Span<byte> target, int targetWidth)
    {
        int channels = source.Channels;
        int from = source.Width * channels, to = targetWidth * channels;
        for (int y = 0; y < rows; y++)
        {
            int start = (top + y) * from;
            ReadOnlySpan<byte> row = source.Data.AsSpan(start, from);
            Span<byte> result = target.Slice(y * to, to);
            if (width == source.Width)
                row.Slice(left * channels, to).CopyTo(result);
            else if (channels == 1)
                Grey(row, weights, result);
            else if (Vector128.IsHardwareAccelerated && start + from < source.Data.Length)
                ColourByVector(row, weights, result);
            else
                Colour(row, weights, result);
        }
    }

    internal static void Grey(ReadOnlySpan<byte> row, in Weights weights, Span<byte> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            ReadOnlySpan<int> w = weights.Of(x);
            ReadOnlySpan<byte> samples = row.Slice(weights.First(x), w.Length);
            int sum = Rounding.Half;
            for (int k = 0; k < w.Length; k++)
                sum += samples[k] * w[k];
            result[x] = Rounding.ToByte(sum);
        }
    }

    internal static void Colour(ReadOnlySpan<byte> row, in Weights weights, Span<byte> result)
    {
        for (int x = 0; x < result.Length / 3; x++)
        {
            ReadOnlySpan<int> w = weights.Of(x);
            ReadOnlySpan<byte> samples = row.Slice(weights.First(x) * 3, w.Length * 3);
            int r = Rounding.Half, g = r, b = r;
            for (int k = 0; k < w.Length; k++)
            {
                r += samples[3 * k] * w[k];
                g += samples[(3 * k) + 1] * w[k];
                b += samples[(3 * k) + 2] * w[k];
            }

            result[3 * x] = Rounding.ToByte(r);
            result[(3 * x) + 1] = Rounding.ToByte(g);
            result[(3 * x) + 2] = Rounding.ToByte(b);
        }
    }

    /// <summary>The same sums; reads one byte behind the row's last pixel, so the picture's last row must not come here.</summary>
    internal static void ColourByVector(ReadOnlySpan<byte> row, in Weights weights, Span<byte> result)
    {
        ref byte first = ref MemoryMarshal.GetReference(row);
        for (int x = 0; x < result.Length / 3; x++)
        {
            ReadOnlySpan<int> w = weights.Of(x);
            int start = weights.First(x) * 3;
            _ = row.Slice(start, w.Length * 3);
            ref byte samples = ref Unsafe.Add(ref first, start);
            Vector128<int> sum = Vector128.Create(Rounding.Half);
            for (int k = 0; k < w.Length; k++)
            {
                Vector128<byte> pixel = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref samples, 3 * k))).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(pixel)).AsInt32() * w[k];
            }

            sum = Vector128.Min(Vector128.Max(sum >> Weights.Bits, Vector128<int>.Zero), Vector128.Create(255));
            result[3 * x] = (byte)sum.GetElement(0);
            result[(3 * x) + 1] = (byte)sum.GetElement(1);
            result[(3 * x) + 2] = (byte)sum.GetElement(2);
        }
    }
}
