using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>With what one sample is mixed in one epoch. Computed anew wherever it is needed, so pictures and targets agree without sharing anything.</summary>
/// <param name="Partner">Position in the store.</param>
/// <param name="Share">What the sample keeps of its own target, 0..1.</param>
/// <param name="Left">Of the rectangle taken from the partner; empty for a blend of the whole pictures.</param>
/// <param name="Top">Of the rectangle.</param>
/// <param name="Width">Of the rectangle.</param>
/// <param name="Height">Of the rectangle.</param>
/// <param name="IsBlend">Mixup rather than cutmix.</param>
internal readonly record struct Mix(int Partner, float Share, int Left, int Top, int Width, int Height, bool IsBlend)
{
    private const int ChoiceStream = 0x313C;
    private const int BetaStream = 0xBE7A;

    public bool IsNone => Share >= 1;

    public static Mix Of(Augmentation a, PictureShape shape, int count, int seed, int epoch, int sample)
    {
        long key = ((long)epoch << 32) | (uint)sample;
        var random = new CounterRandom(seed, key, ChoiceStream);
        bool mixed = random.Unit() < a.MixProbability;
        bool blend = random.Unit() < (a.Cutmix == 0 ? 1 : a.Mixup == 0 ? 0 : 0.5);
        int partner = random.Below(count);
        double x = random.Unit(), y = random.Unit();
        if (!mixed)
            return new Mix(partner, 1, 0, 0, 0, 0, blend);
        var beta = new CounterRandom(seed, key, BetaStream);
        double lambda = BetaDraw.Symmetric(ref beta, blend ? a.Mixup : a.Cutmix);
        // In whole 1/256, as pictures are blended, so that targets say exactly what was done.
        return blend ? new Mix(partner, (float)Math.Round(lambda * 256) / 256, 0, 0, 0, 0, true) : Box(shape, partner, lambda, x, y);
    }

    /// <summary>Yun et al. 2019, equation (2): sides in proportion to sqrt(1 - lambda), the centre anywhere, cut off at the picture's edge; the share is that of the real area.</summary>
    private static Mix Box(PictureShape shape, int partner, double lambda, double x, double y)
    {
        double side = Math.Sqrt(1 - lambda);
        int width = (int)(shape.Width * side), height = (int)(shape.Height * side);
        int left = (int)(x * shape.Width) - (width / 2), top = (int)(y * shape.Height) - (height / 2);
        int right = Math.Min(left + width, shape.Width), bottom = Math.Min(top + height, shape.Height);
        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        (width, height) = (Math.Max(0, right - left), Math.Max(0, bottom - top));
        float share = 1 - ((float)(width * height) / (shape.Width * shape.Height));
        return new Mix(partner, share, left, top, width, height, false);
    }
}
