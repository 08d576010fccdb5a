using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Applies an <see cref="Augmentation"/>; the outcome depends on seed, epoch and sample alone, never on thread or order.</summary>
public sealed class Augmenter
{
    private const long Stream = 0xA06;
    private readonly Augmentation _augmentation;
    private readonly PictureShape _shape;
    private readonly int _seed;

    /// <summary>For pictures of one shape.</summary>
    /// <exception cref="InputException">A value is out of range; all faults are told at once.</exception>
    public Augmenter(Augmentation augmentation, PictureShape shape, int seed)
    {
        AugmentationFile.Check(augmentation, "augment", shape);
        (_augmentation, _shape, _seed) = (augmentation, shape, seed);
    }

    /// <summary>Writes the augmented planes. Safe from several threads.</summary>
    /// <param name="planes">[channels, height, width].</param>
    /// <param name="target">The same shape; must not overlap.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="sample">Index of the sample.</param>
    public void Apply(ReadOnlySpan<byte> planes, Span<byte> target, int epoch, int sample)
    {
        if (planes.Length != _shape.Length)
            throw new ArgumentException($"{planes.Length} bytes are no picture of {_shape}.", nameof(planes));
        if (target.Length < _shape.Length)
            throw new ArgumentException($"{target.Length} bytes have no room for a picture of {_shape}.", nameof(target));
        target = target[.._shape.Length];
        Augmentation a = _augmentation;

        // Every number is drawn whether it is used or not, so that switching one change on leaves the others as they were.
        var random = new CounterRandom(_seed, ((long)epoch << 32) | (uint)sample, Stream);
        int dx = random.Below((2 * a.Crop) + 1) - a.Crop;
        int dy = random.Below((2 * a.Crop) + 1) - a.Crop;
        double degrees = random.Within(a.Rotation);
        bool flip = (random.Next() & 1) != 0 && a.Flip;
        double brightness = 1 + random.Within(a.Brightness);
        double contrast = 1 + random.Within(a.Contrast);

        int area = _shape.Height * _shape.Width;
        for (int c = 0; c < _shape.Channels; c++)
        {
            ReadOnlySpan<byte> source = planes.Slice(c * area, area);
            Span<byte> plane = target.Slice(c * area, area);
            if (a.Rotation > 0)
                PlaneWarp.Rotate(source, plane, _shape.Width, _shape.Height, dx, dy, degrees, flip);
            else
                PlaneWarp.Shift(source, plane, _shape.Width, _shape.Height, dx, dy, flip);
        }

        if (a.Brightness > 0 || a.Contrast > 0)
            Tone(target, brightness, contrast);
    }

    /// <summary>v -> ((v - mean) * contrast + mean) * brightness, through a table of 256.</summary>
    private static void Tone(Span<byte> values, double brightness, double contrast)
    {
        long sum = 0;
        foreach (byte v in values)
            sum += v;
        double mean = (double)sum / values.Length;
        Span<byte> table = stackalloc byte[256];
        for (int v = 0; v < table.Length; v++)
            table[v] = (byte)Math.Clamp(Math.Round((((v - mean) * contrast) + mean) * brightness), 0, 255);
        foreach (ref byte v in values)
            v = table[v];
    }
}
