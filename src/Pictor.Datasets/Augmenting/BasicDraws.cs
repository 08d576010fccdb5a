namespace Pictor.Datasets;

/// <summary>The numbers of the oldest changes. All are drawn whether they are used or not, so that switching one change on leaves the others as they were; newer changes have streams of their own.</summary>
internal readonly record struct BasicDraws(int Dx, int Dy, double Degrees, bool Flip, double Brightness, double Contrast)
{
    private const long Stream = 0xA06;

    public static BasicDraws Of(Augmentation a, int seed, int epoch, int sample)
    {
        var random = new CounterRandom(seed, ((long)epoch << 32) | (uint)sample, Stream);
        int dx = random.Below((2 * a.Crop) + 1) - a.Crop;
        int dy = random.Below((2 * a.Crop) + 1) - a.Crop;
        double degrees = random.Within(a.Rotation);
        bool flip = (random.Next() & 1) != 0;
        double brightness = 1 + random.Within(a.Brightness);
        double contrast = 1 + random.Within(a.Contrast);
        return new BasicDraws(dx, dy, degrees, flip, brightness, contrast);
    }
}
