using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Applies an <see cref="Augmentation"/>; the outcome depends on seed, epoch and sample alone, never on thread or order.</summary>
public sealed class Augmenter
{
    private const int ResampleStream = 0x4E5A;
    private const int BlurStream = 0xB104;
    private const int SharpenStream = 0x54A9;
    private const int ColourStream = 0xC010;
    private const int CompressStream = 0x19E6;
    private const int EraseStream = 0xE4A5;
    private const int CutoutStream = 0xC070;
    private readonly PictureShape _shape;
    private readonly int _seed;

    /// <summary>For pictures of one shape.</summary>
    /// <exception cref="InputException">A value is out of range; all faults are told at once.</exception>
    public Augmenter(Augmentation augmentation, PictureShape shape, int seed)
    {
        AugmentationFile.Check(augmentation, "augment", shape);
        (Augmentation, _shape, _seed) = (augmentation, shape, seed);
    }

    /// <summary>What it applies. Mixing takes two pictures, so it is done by <see cref="BatchSource"/>.</summary>
    public Augmentation Augmentation { get; }

    /// <summary>Writes the augmented planes, without allocating. Safe from several threads.</summary>
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
        Augmentation a = Augmentation;
        BasicDraws basic = BasicDraws.Of(a, _seed, epoch, sample);
        RandomOperations operations = RandomOperations.Draw(a, _shape, _seed, epoch, sample);
        PlaneWarp.Apply(planes, target, _shape, Geometry.Draw(a, _shape, basic, operations.Map, _seed, epoch, sample), a.Padding);

        // Sharpness before colour before what hides: noise and squares should not be blurred or tinted.
        long key = ((long)epoch << 32) | (uint)sample;
        if (Happens(a.Resample, key, ResampleStream, out CounterRandom random))
            ResampleJitter.Apply(target, _shape, random);
        if (Happens(a.Blur, key, BlurStream, out random))
            Softening.Blur(target, _shape, (0.3 + (0.7 * random.Unit())) * Math.Max(1, Math.Min(_shape.Width, _shape.Height) / 112.0));
        if (Happens(a.Sharpen, key, SharpenStream, out random))
            Softening.Sharpen(target, _shape, 1 + random.Unit());
        operations.Apply(target, _shape);
        if (a.Brightness > 0 || a.Contrast > 0)
            ToneTable.Tone(target, basic.Brightness, basic.Contrast);
        if (a.Saturation > 0 || a.Hue > 0 || a.Grey > 0)
            Colour(target, a, new CounterRandom(_seed, key, ColourStream));
        // Files are compressed after all that happened to light and colour.
        if (Happens(a.Compress, key, CompressStream, out random))
            JpegArtefacts.Apply(target, _shape, random);
        if (Happens(a.Erase, key, EraseStream, out random))
            Occlusion.Erase(target, _shape, random);
        if (a.Cutout > 0)
            Occlusion.Cutout(target, _shape, a.Cutout, new CounterRandom(_seed, key, CutoutStream));
    }

    private void Colour(Span<byte> target, Augmentation a, CounterRandom random)
    {
        float saturation = (float)(1 + random.Within(a.Saturation)), hue = (float)random.Within(a.Hue);
        bool grey = random.Unit() < a.Grey;
        ColourShift.Apply(target, _shape, grey ? 0 : saturation, grey ? 0 : hue);
    }

    private bool Happens(double probability, long key, int stream, out CounterRandom random)
    {
        random = new CounterRandom(_seed, key, stream);
        return probability > 0 && random.Unit() < probability;
    }
}
