using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class AffineWarpTests
{
    private static readonly Gen<Affine> s_map = Gen.Select(
        Gen.Double[-180, 180], Gen.Double[-0.8, 0.8], Gen.Double[0.5, 2], Gen.Double[-6, 6], Gen.Double[-6, 6], Gen.Bool, (turn, slant, zoom, dx, dy, flip) =>
            Affine.Scale(flip ? -1 : 1, 1).Then(Affine.Shift(dx, dy)).Then(Affine.Rotation(turn)).Then(Affine.Shear(slant, 0)).Then(Affine.Scale(zoom, zoom)));

    [Fact]
    public void Apply_OfAnyMap_IsBilinearSamplingInDoubles() =>
        Gen.Select(Gen.Int[1, 21], Gen.Int[1, 18], Gen.Int[1, 3], s_map, Gen.Enum<PaddingMode>()).Sample((width, height, channels, map, padding) =>
        {
            var shape = new PictureShape(channels, height, width);
            byte[] source = Noise.Picture(3, shape), target = new byte[shape.Length];
            AffineWarp.Apply(source, target, shape, map, padding);
            for (int i = 0; i < target.Length; i++)
            {
                // A place is off by 1/65536 a pixel of way, a weight by 1/256: three steps of 255 in all.
                if (Math.Abs(target[i] - Reference(source, shape, i, map, padding)) > 3)
                    return false;
            }

            return true;
        }, iter: 1000);

    [Fact]
    public void Apply_WithAndWithoutVectors_IsTheSame() =>
        Gen.Select(Gen.Int[8, 40], Gen.Int[1, 18], Gen.Int[1, 3], s_map, Gen.Enum<PaddingMode>()).Sample((width, height, channels, map, padding) =>
        {
            var shape = new PictureShape(channels, height, width);
            byte[] source = Noise.Picture(3, shape), quick = new byte[shape.Length], plain = new byte[shape.Length];
            AffineWarp.Apply(source, quick, shape, map, padding);
            AffineWarp.Apply(source, plain, shape, map, padding, allowVectors: false);
            return quick.AsSpan().SequenceEqual(plain);
        });

    [Fact]
    public void Then_OfTwoMaps_IsOneAfterTheOther() =>
        Gen.Select(s_map, s_map, Gen.Double[-9, 9], Gen.Double[-9, 9]).Sample((first, second, u, v) =>
        {
            (double x, double y) = At(first, u, v);
            (x, y) = At(second, x, y);
            (double bothX, double bothY) = At(first.Then(second), u, v);
            return Math.Abs(x - bothX) < 1e-9 && Math.Abs(y - bothY) < 1e-9;
        });

    [Fact]
    public void Shift_WithReflection_EqualsTheDefinition() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[-8, 8], Gen.Int[-8, 8], Gen.Bool).Sample((width, height, dx, dy, flip) =>
        {
            byte[] source = Noise.Picture(3, new PictureShape(1, height, width)), target = new byte[width * height];
            PlaneWarp.Shift(source, target, width, height, dx, dy, flip, PaddingMode.Reflect);
            for (int i = 0; i < target.Length; i++)
            {
                int x = flip ? width - 1 - (i % width) : i % width;
                if (target[i] != source[((int)Mirrored((i / width) + dy, height) * width) + (int)Mirrored(x + dx, width)])
                    return false;
            }

            return true;
        });

    private static double Reference(byte[] source, PictureShape shape, int i, Affine map, PaddingMode padding)
    {
        int c = i / (shape.Width * shape.Height);
        double cx = (shape.Width - 1) / 2.0, cy = (shape.Height - 1) / 2.0;
        (double x, double y) = At(map, (i % shape.Width) - cx, (i / shape.Width % shape.Height) - cy);
        x = padding == PaddingMode.Reflect ? Mirrored(x + cx, shape.Width) : Math.Clamp(x + cx, 0, shape.Width - 1);
        y = padding == PaddingMode.Reflect ? Mirrored(y + cy, shape.Height) : Math.Clamp(y + cy, 0, shape.Height - 1);
        int x0 = (int)x, y0 = (int)y, x1 = Math.Min(x0 + 1, shape.Width - 1), y1 = Math.Min(y0 + 1, shape.Height - 1);
        double fx = x - x0, fy = y - y0;
        int Sample(int column, int row) => source[(((c * shape.Height) + row) * shape.Width) + column];
        return (((Sample(x0, y0) * (1 - fx)) + (Sample(x1, y0) * fx)) * (1 - fy)) + (((Sample(x0, y1) * (1 - fx)) + (Sample(x1, y1) * fx)) * fy);
    }

    private static double Mirrored(double at, int count)
    {
        at = at < 0 ? -at : at;
        return Math.Clamp(at > count - 1 ? (2 * (count - 1)) - at : at, 0, count - 1);
    }

    private static (double X, double Y) At(Affine map, double u, double v) => ((map.A * u) + (map.B * v) + map.C, (map.D * u) + (map.E * v) + map.F);
}
