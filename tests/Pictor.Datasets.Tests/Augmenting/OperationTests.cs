using System.Collections.Concurrent;
using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class OperationTests
{
    private static readonly PictureShape s_shape = new(3, 17, 20);
    private static readonly Augmentation s_all = new()
    {
        Crop = 2,
        Padding = PaddingMode.Reflect,
        Rotation = 20,
        Scale = 0.2,
        Shear = 10,
        RandomResizedCrop = 0.5,
        AlternatingFlip = true,
        Brightness = 0.3,
        Contrast = 0.4,
        Saturation = 0.5,
        Hue = 0.2,
        Grey = 0.2,
        Blur = 0.5,
        Sharpen = 0.5,
        Resample = 0.5,
        Compress = 0.5,
        Erase = 0.5,
        Cutout = 0.3,
        TrivialAugment = true,
        RandAugment = 2,
    };

    /// <summary>One augmentation per operation, so that none is on by accident of another.</summary>
    public static TheoryData<Augmentation> Single => new(
        new Augmentation { Crop = 3 }, new Augmentation { Rotation = 20 }, new Augmentation { Scale = 0.2 }, new Augmentation { Shear = 10 }, new Augmentation { RandomResizedCrop = 0.5 },
        new Augmentation { Flip = true }, new Augmentation { AlternatingFlip = true }, new Augmentation { Brightness = 0.3 }, new Augmentation { Contrast = 0.4 }, new Augmentation { Saturation = 0.5 },
        new Augmentation { Hue = 0.2 }, new Augmentation { Grey = 0.2 }, new Augmentation { Blur = 0.5 }, new Augmentation { Sharpen = 0.5 }, new Augmentation { Resample = 0.5 }, new Augmentation { Compress = 0.5 },
        new Augmentation { Erase = 0.5 }, new Augmentation { Cutout = 0.3 }, new Augmentation { TrivialAugment = true }, new Augmentation { RandAugment = 2 });

    [Theory]
    [MemberData(nameof(Single))]
    public void Apply_OfOneOperation_ChangesSomePicturesAndAgreesWithItself(Augmentation a)
    {
        ArgumentNullException.ThrowIfNull(a);
        byte[] planes = Noise.Picture(1, s_shape);
        Assert.False(a.IsNone);
        Assert.Contains(Enumerable.Range(1, 20), sample => !Noise.Apply(a, s_shape, planes, 1, sample).AsSpan().SequenceEqual(planes));
        Assert.All(Enumerable.Range(1, 20), sample => Assert.Equal(Noise.Apply(a, s_shape, planes, 1, sample), Noise.Apply(a, s_shape, planes, 1, sample)));
    }

    [Fact]
    public void Apply_OfEverythingFromManyThreads_IsTheSameAsFromOne()
    {
        var augmenter = new Augmenter(s_all, s_shape, 7);
        byte[][] alone = [.. Enumerable.Range(0, 300).Select(i => Noise.Apply(s_all, s_shape, Noise.Picture(i, s_shape), (i % 5) + 1, i, seed: 7))];
        var together = new ConcurrentDictionary<int, byte[]>();
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8 }, k =>
        {
            var target = new byte[s_shape.Length];
            augmenter.Apply(Noise.Picture(299 - k, s_shape), target, ((299 - k) % 5) + 1, 299 - k);
            together[299 - k] = target;
        });

        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(alone[i], together[i]));
    }

    [Fact]
    public void Apply_OfEverythingToAnyShape_StaysInside() =>
        Gen.Select(Gen.Int[4, 40], Gen.Int[4, 40], Gen.Int[0, 1], Gen.Int[1, 1000]).Sample((width, height, colour, sample) =>
        {
            var shape = new PictureShape(1 + (2 * colour), height, width);
            var target = new byte[shape.Length + 64];
            target.AsSpan().Fill(77);
            new Augmenter(s_all, shape, 1).Apply(Noise.Picture(1, shape), target, 1, sample);
            return target.AsSpan(shape.Length).IndexOfAnyExcept((byte)77) < 0;
        }, iter: 2000);

    [Fact]
    public void AlternatingFlip_OverTheEpochs_MirrorsEverySecondTimeAndHalfOfThemFirst()
    {
        byte[] planes = Noise.Picture(1, s_shape);
        bool Mirrored(int epoch, int sample) => !Noise.Apply(new Augmentation { AlternatingFlip = true }, s_shape, planes, epoch, sample).AsSpan().SequenceEqual(planes);

        Assert.All(Enumerable.Range(0, 50), sample => Assert.All(Enumerable.Range(1, 6), epoch => Assert.NotEqual(Mirrored(epoch, sample), Mirrored(epoch + 1, sample))));
        Assert.InRange(Enumerable.Range(0, 1000).Count(sample => Mirrored(1, sample)), 430, 570);
    }

    [Fact]
    public void Apply_WithAnotherOperationOn_DrawsTheSameForTheFirst()
    {
        // On a picture of one tone only brightness shows, whatever moves it.
        byte[] planes = [.. Enumerable.Repeat((byte)100, s_shape.Length)];
        var moved = new Augmentation { Brightness = 0.3, Crop = 2, Rotation = 10, Scale = 0.2, Shear = 4, RandomResizedCrop = 0.4, Blur = 0.5, Hue = 0.3, Flip = true };
        Assert.All(Enumerable.Range(0, 50), sample =>
            Assert.Equal(Noise.Apply(new Augmentation { Brightness = 0.3, Crop = 2, Rotation = 10 }, s_shape, planes, 1, sample), Noise.Apply(moved, s_shape, planes, 1, sample)));
    }

    [Fact]
    public void ColourOperations_OnGreyPictures_DoNothing()
    {
        var grey = new PictureShape(1, 9, 9);
        byte[] planes = Noise.Picture(1, grey);
        Assert.All(Enumerable.Range(0, 30), sample => Assert.Equal(planes, Noise.Apply(new Augmentation { Saturation = 1, Hue = 0.5, Grey = 0.5 }, grey, planes, 1, sample)));
    }

    [Fact]
    public void RandomResizedCrop_OfARamp_ShowsAPartInside()
    {
        // A ramp of columns: what is seen at both ends tells how wide the part was.
        var shape = new PictureShape(1, 64, 64);
        byte[] planes = [.. Enumerable.Range(0, shape.Length).Select(i => (byte)(4 * (i % 64)))];
        double[] widths = [.. Enumerable.Range(0, 400).Select(sample =>
        {
            byte[] seen = Noise.Apply(new Augmentation { RandomResizedCrop = 0.36 }, shape, planes, 1, sample);
            return (seen[63] - seen[0]) / 252.0;
        })];

        // Area 0.36..1 and aspect 3/4..4/3 make widths from 0.6 x sqrt(3/4) = 0.52 to 1.
        Assert.InRange(widths.Min(), 0.5, 0.62);
        Assert.InRange(widths.Max(), 0.97, 1.0);
        Assert.InRange(widths.Average(), 0.72, 0.88);
    }

    [Fact]
    public void Erase_OfOneTone_TakesARectangleOfTwoToThirtyFourPercent()
    {
        var shape = new PictureShape(3, 50, 50);
        byte[] planes = new byte[shape.Length];
        int[] areas = [.. Enumerable.Range(0, 300).Select(sample =>
        {
            byte[] seen = Noise.Apply(new Augmentation { Erase = 1 }, shape, planes, 1, sample);
            int[] hit = [.. Enumerable.Range(0, 2500).Where(i => seen[i] != 0 || seen[2500 + i] != 0 || seen[5000 + i] != 0)];
            int width = hit.Max(i => i % 50) - hit.Min(i => i % 50) + 1, height = (hit.Max() / 50) - (hit.Min() / 50) + 1;
            Assert.InRange(hit.Length, 0.98 * width * height, width * height);
            return hit.Length;
        })];

        Assert.InRange(areas.Min(), 40, 120);
        Assert.InRange(areas.Max(), 750, 850);
    }

    [Fact]
    public void Cutout_OfAQuarter_PaintsASquareThatMayBeCutOff()
    {
        var shape = new PictureShape(1, 40, 40);
        byte[] planes = [.. Enumerable.Range(0, 1600).Select(i => (byte)(i % 2 * 200))];
        int[] areas = [.. Enumerable.Range(0, 300).Select(sample => Noise.Apply(new Augmentation { Cutout = 0.25 }, shape, planes, 1, sample).Count(v => v == 100))];

        Assert.Equal(100, areas.Max());
        Assert.InRange(areas.Min(), 25, 45);
    }

    [Fact]
    public void Resample_OfNoise_KeepsTheMeanAndSoftens()
    {
        byte[] planes = Noise.Picture(1, s_shape);
        byte[] seen = Noise.Apply(new Augmentation { Resample = 1 }, s_shape, planes, 1, 3);
        Assert.InRange(seen.Average(v => v) - planes.Average(v => v), -3, 3);
        Assert.NotEqual(planes, seen);
    }
}
