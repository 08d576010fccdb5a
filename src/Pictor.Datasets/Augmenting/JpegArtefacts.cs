using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// What a JPEG file of low quality leaves of a picture, without writing one: colour at half the resolution, and the cosine coefficients of blocks of 8 x 8 rounded to multiples of
/// a table (ITU-T T.81, annex A.3.3, tables K.1 and K.2, scaled by quality as the Independent JPEG Group does). Only what is lost matters here, so nothing is coded.
/// </summary>
internal static class JpegArtefacts
{
    private const int Side = 8;
    private const int Area = Side * Side;
    private const double WorstQuality = 35, BestQuality = 92;

    private static readonly byte[] s_luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] s_chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    // [frequency, place]: the orthonormal cosine transform of eight values.
    private static readonly float[] s_cosines =
    [
        .. from u in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side)
           select (float)((u == 0 ? Math.Sqrt(1.0 / Side) : Math.Sqrt(2.0 / Side)) * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * Side))),
    ];

    /// <summary>At a random quality.</summary>
    public static void Apply(Span<byte> planes, PictureShape shape, CounterRandom random) =>
        Apply(planes, shape, (int)(WorstQuality + ((BestQuality - WorstQuality) * random.Unit())));

    /// <param name="planes">[channels, height, width], one or three channels; changed in place.</param>
    /// <param name="shape">Of them.</param>
    /// <param name="quality">1..100.</param>
    public static void Apply(Span<byte> planes, PictureShape shape, int quality)
    {
        int w = shape.Width, h = shape.Height, size = w * h;
        Span<float> steps = stackalloc float[Area];
        float[] values = System.Buffers.ArrayPool<float>.Shared.Rent(3 * size);
        Span<float> luma = values.AsSpan(0, size);
        if (shape.Channels == 1)
        {
            for (int i = 0; i < size; i++)
                luma[i] = planes[i];
            Round(luma, w, h, Steps(s_luma, quality, steps));
            for (int i = 0; i < size; i++)
                planes[i] = Byte(luma[i]);
        }
        else
        {
            Colour(planes, values, w, h, quality, steps);
        }

        System.Buffers.ArrayPool<float>.Shared.Return(values);
    }

    private static void Colour(Span<byte> planes, float[] values, int w, int h, int quality, Span<float> steps)
    {
        int size = w * h, halfW = (w + 1) / 2, halfH = (h + 1) / 2, half = halfW * halfH;
        Span<float> luma = values.AsSpan(0, size), blue = values.AsSpan(size, half), red = values.AsSpan(size + half, half);
        blue.Clear();
        red.Clear();
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int i = (y * w) + x, at = (y / 2 * halfW) + (x / 2);
                float r = planes[i], g = planes[size + i], b = planes[(2 * size) + i], light = (0.299f * r) + (0.587f * g) + (0.114f * b);

                // A pixel of the smaller plane is the mean of those that lie in it: four, or fewer at an odd edge.
                float share = 1f / ((x == w - 1 && w % 2 == 1 ? 1 : 2) * (y == h - 1 && h % 2 == 1 ? 1 : 2));
                luma[i] = light;
                blue[at] += share * (128 + (0.564f * (b - light)));
                red[at] += share * (128 + (0.713f * (r - light)));
            }
        }

        Round(luma, w, h, Steps(s_luma, quality, steps));
        Steps(s_chroma, quality, steps);
        Round(blue, halfW, halfH, steps);
        Round(red, halfW, halfH, steps);
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int i = (y * w) + x;
                float light = luma[i], cb = Between(blue, halfW, halfH, x, y) - 128, cr = Between(red, halfW, halfH, x, y) - 128;
                planes[i] = Byte(light + (1.402f * cr));
                planes[size + i] = Byte(light - (0.344f * cb) - (0.714f * cr));
                planes[(2 * size) + i] = Byte(light + (1.772f * cb));
            }
        }
    }

    // Decoders draw colour between the smaller pixels ("fancy upsampling"): three parts of the nearer, one of the other, each way.
    private static float Between(Span<float> plane, int w, int h, int x, int y)
    {
        int nearX = x / 2, nearY = y / 2, otherX = Math.Clamp(nearX + ((x % 2 * 2) - 1), 0, w - 1), otherY = Math.Clamp(nearY + ((y % 2 * 2) - 1), 0, h - 1);
        float near = (0.75f * plane[(nearY * w) + nearX]) + (0.25f * plane[(nearY * w) + otherX]), other = (0.75f * plane[(otherY * w) + nearX]) + (0.25f * plane[(otherY * w) + otherX]);
        return (0.75f * near) + (0.25f * other);
    }

    private static Span<float> Steps(byte[] table, int quality, Span<float> steps)
    {
        int scale = quality < 50 ? 5000 / Math.Max(1, quality) : 200 - (2 * quality);
        for (int i = 0; i < Area; i++)
            steps[i] = Math.Clamp(((table[i] * scale) + 50) / 100, 1, 255);
        return steps;
    }

    private static void Round(Span<float> plane, int w, int h, ReadOnlySpan<float> steps)
    {
        Span<float> block = stackalloc float[Area], other = stackalloc float[Area];
        for (int top = 0; top < h; top += Side)
        {
            for (int left = 0; left < w; left += Side)
            {
                // What lies outside repeats the edge.
                for (int i = 0; i < Area; i++)
                    block[i] = plane[(Math.Min(h - 1, top + (i / Side)) * w) + Math.Min(w - 1, left + (i % Side))] - 128;
                Transform(block, other, back: false);
                for (int i = 0; i < Area; i++)
                    block[i] = MathF.Round(block[i] / steps[i]) * steps[i];
                Transform(block, other, back: true);
                for (int i = 0; i < Area; i++)
                {
                    if (top + (i / Side) < h && left + (i % Side) < w)
                        plane[((top + (i / Side)) * w) + left + (i % Side)] = Math.Clamp(block[i] + 128, 0, 255);
                }
            }
        }
    }

    // C B transposed(C), or back transposed(C) B C, as two passes that each transform the rows and turn the block over.
    private static void Transform(Span<float> block, Span<float> other, bool back)
    {
        Rows(block, other, back);
        Rows(other, block, back);
    }

    private static void Rows(ReadOnlySpan<float> from, Span<float> to, bool back)
    {
        for (int row = 0; row < Side; row++)
        {
            for (int k = 0; k < Side; k++)
            {
                float sum = 0;
                for (int i = 0; i < Side; i++)
                    sum += from[(row * Side) + i] * s_cosines[back ? (i * Side) + k : (k * Side) + i];
                to[(k * Side) + row] = sum;
            }
        }
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
