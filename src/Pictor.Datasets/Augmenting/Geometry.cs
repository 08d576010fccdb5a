using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Draws where each pixel comes from: shift, rotation, shear, zoom, resized crop and mirroring as one affine map.</summary>
internal static class Geometry
{
    private const int ScaleStream = 0x5CA1;
    private const int ShearStream = 0x54EA;
    private const int PartStream = 0xC409;
    private const int FlipStream = 0xF119;
    private static readonly double s_widest = Math.Log(4.0 / 3);

    /// <summary>The map of one picture.</summary>
    /// <param name="a">What is on.</param>
    /// <param name="shape">The picture's shape.</param>
    /// <param name="basic">The numbers of shift, rotation and flip.</param>
    /// <param name="extra">What the random operations add.</param>
    /// <param name="seed">Of everything.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="sample">Index of the sample.</param>
    public static Affine Draw(Augmentation a, PictureShape shape, in BasicDraws basic, Affine extra, int seed, int epoch, int sample)
    {
        long key = ((long)epoch << 32) | (uint)sample;
        bool flip = a.AlternatingFlip ? Alternates(seed, epoch, sample) : basic.Flip && a.Flip;
        Affine map = (flip ? Affine.Scale(-1, 1) : Affine.Identity).Then(Affine.Shift(basic.Dx, basic.Dy));
        if (a.Rotation > 0)
            map = map.Then(Affine.Rotation(basic.Degrees));
        if (a.Shear > 0)
            map = map.Then(Affine.Shear(Math.Tan(new CounterRandom(seed, key, ShearStream).Within(a.Shear) * Math.PI / 180), 0));
        if (a.Scale > 0)
        {
            double zoom = 1 / (1 + new CounterRandom(seed, key, ScaleStream).Within(a.Scale));
            map = map.Then(Affine.Scale(zoom, zoom));
        }

        map = map.Then(extra);
        return a.RandomResizedCrop > 0 ? map.Then(Part(a.RandomResizedCrop, shape, new CounterRandom(seed, key, PartStream))) : map;
    }

    /// <summary>A coin for the first epoch, then turned in every epoch (Jordan 2024, section 3): two epochs in a row show each picture once as it is and once mirrored.</summary>
    internal static bool Alternates(int seed, int epoch, int sample) => ((new CounterRandom(seed, sample, FlipStream).Next() ^ (ulong)(epoch - 1)) & 1) != 0;

    /// <summary>A part of at least so much of the area, of aspect 3/4 to 4/3 (in logarithms), anywhere inside (Szegedy et al. 2015, section 6).</summary>
    private static Affine Part(double least, PictureShape shape, CounterRandom random)
    {
        double area = least + ((1 - least) * random.Unit()), aspect = Math.Exp(random.Within(s_widest));
        double across = Math.Min(1, Math.Sqrt(area * aspect)), down = Math.Min(1, Math.Sqrt(area / aspect));
        double x = random.Within(0.5) * (1 - across), y = random.Within(0.5) * (1 - down);
        return Affine.Scale(across, down).Then(Affine.Shift(x * shape.Width, y * shape.Height));
    }
}
