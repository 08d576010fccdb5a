using System.Buffers.Binary;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Takes a part of the picture away, so that a network learns to look at all of it.</summary>
internal static class Occlusion
{
    private const double LeastArea = 0.02;
    private const double MostArea = 1.0 / 3;
    private static readonly double s_widest = Math.Log(10.0 / 3);

    /// <summary>A rectangle of 2 % to a third of the area and of aspect 0.3 to 3.3 becomes noise (Zhong et al. 2017, algorithm 1; the variant with random values, their best).</summary>
    public static void Erase(Span<byte> planes, PictureShape shape, CounterRandom random)
    {
        double area = (LeastArea + ((MostArea - LeastArea) * random.Unit())) * shape.Width * shape.Height, aspect = Math.Exp(random.Within(s_widest));
        int width = Math.Clamp((int)Math.Round(Math.Sqrt(area * aspect)), 1, shape.Width), height = Math.Clamp((int)Math.Round(Math.Sqrt(area / aspect)), 1, shape.Height);
        int left = random.Below(shape.Width - width + 1), top = random.Below(shape.Height - height + 1);
        for (int row = 0; row < shape.Channels * height; row++)
        {
            int y = (row / height * shape.Height) + top + (row % height);
            Noise(planes.Slice((y * shape.Width) + left, width), ref random);
        }
    }

    /// <summary>A square with its centre anywhere, cut off at the edge, gets the mean of each channel (DeVries, Taylor 2017, section 3.2).</summary>
    /// <param name="planes">[channels, height, width]; changed in place.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="share">Of the shorter side.</param>
    /// <param name="random">The numbers.</param>
    public static void Cutout(Span<byte> planes, PictureShape shape, double share, CounterRandom random)
    {
        int side = (int)Math.Round(share * Math.Min(shape.Width, shape.Height)), area = shape.Width * shape.Height;
        int left = random.Below(shape.Width) - (side / 2), top = random.Below(shape.Height) - (side / 2);
        int right = Math.Min(left + side, shape.Width), bottom = Math.Min(top + side, shape.Height);
        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        if (right <= left)
            return;
        for (int c = 0; c < shape.Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * area, area);
            byte mean = (byte)((ByteSum.Of(plane) + (area / 2)) / area);
            for (int y = top; y < bottom; y++)
                plane[((y * shape.Width) + left)..((y * shape.Width) + right)].Fill(mean);
        }
    }

    private static void Noise(Span<byte> values, ref CounterRandom random)
    {
        Span<byte> eight = stackalloc byte[8];
        for (; values.Length >= 8; values = values[8..])
            BinaryPrimitives.WriteUInt64LittleEndian(values, random.Next());
        BinaryPrimitives.WriteUInt64LittleEndian(eight, random.Next());
        eight[..values.Length].CopyTo(values);
    }
}
