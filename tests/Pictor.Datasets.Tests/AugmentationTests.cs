using System.Collections.Concurrent;
using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class AugmentationTests
{
    private static readonly PictureShape s_shape = new(3, 9, 12);
    private static readonly Augmentation s_all = new() { Crop = 2, Rotation = 20, Flip = true, Brightness = 0.3, Contrast = 0.4 };

    private static byte[] Picture(int number, PictureShape shape)
    {
        var random = new CounterRandom(5, number);
        return [.. Enumerable.Range(0, shape.Length).Select(_ => (byte)random.Next())];
    }

    private static byte[] Apply(Augmentation a, PictureShape shape, byte[] planes, int epoch, int sample, int seed = 1)
    {
        var target = new byte[shape.Length];
        new Augmenter(a, shape, seed).Apply(planes, target, epoch, sample);
        return target;
    }

    [Fact]
    public void Apply_Nothing_LeavesThePicture() => Assert.Equal(Picture(1, s_shape), Apply(Augmentation.None, s_shape, Picture(1, s_shape), 3, 4));

    [Fact]
    public void Apply_FromManyThreads_IsTheSameAsFromOne()
    {
        var augmenter = new Augmenter(s_all, s_shape, 7);
        byte[][] alone = [.. Enumerable.Range(0, 400).Select(i => Apply(s_all, s_shape, Picture(i, s_shape), (i % 5) + 1, i, seed: 7))];
        var together = new ConcurrentDictionary<int, byte[]>();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, k =>
        {
            int i = 399 - k;
            var target = new byte[s_shape.Length];
            augmenter.Apply(Picture(i, s_shape), target, (i % 5) + 1, i);
            together[i] = target;
        });

        for (int i = 0; i < 400; i++)
            Assert.Equal(alone[i], together[i]);
    }

    [Fact]
    public void Apply_OtherEpochSampleOrSeed_ChangesOtherwise()
    {
        byte[] planes = Picture(1, s_shape);
        byte[][] results = [Apply(s_all, s_shape, planes, 1, 1), Apply(s_all, s_shape, planes, 2, 1), Apply(s_all, s_shape, planes, 1, 2), Apply(s_all, s_shape, planes, 1, 1, seed: 2)];

        Assert.Equal(4, results.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Shift_AnyOffset_EqualsTheDefinition() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[-10, 10], Gen.Int[-10, 10], Gen.Bool).Sample((width, height, dx, dy, flip) =>
        {
            byte[] source = Picture(3, new PictureShape(1, height, width)), target = new byte[width * height];
            PlaneWarp.Shift(source, target, width, height, dx, dy, flip, PaddingMode.Edge);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int at = flip ? width - 1 - x : x;
                    if (target[(y * width) + at] != source[(Math.Clamp(y + dy, 0, height - 1) * width) + Math.Clamp(x + dx, 0, width - 1)])
                        return false;
                }
            }

            return true;
        });

    [Fact]
    public void AffineWarp_OfAWholeShift_EqualsShift() =>
        Gen.Select(Gen.Int[-4, 4], Gen.Int[-4, 4], Gen.Bool).Sample((dx, dy, flip) =>
        {
            byte[] source = Picture(3, new PictureShape(1, 9, 12)), shifted = new byte[108], rotated = new byte[108];
            PlaneWarp.Shift(source, shifted, 12, 9, dx, dy, flip, PaddingMode.Edge);
            AffineWarp.Apply(source, rotated, new PictureShape(1, 9, 12), Affine.Scale(flip ? -1 : 1, 1).Then(Affine.Shift(dx, dy)), PaddingMode.Edge);
            return shifted.AsSpan().SequenceEqual(rotated);
        });

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(-90)]
    public void AffineWarp_ByRightAngles_MovesPixelsExactly(int degrees)
    {
        const int N = 7;
        byte[] source = Picture(4, new PictureShape(1, N, N)), target = new byte[N * N];
        AffineWarp.Apply(source, target, new PictureShape(1, N, N), Affine.Rotation(degrees), PaddingMode.Edge);

        for (int y = 0; y < N; y++)
        {
            for (int x = 0; x < N; x++)
            {
                (int sx, int sy) = degrees switch { 90 => (N - 1 - y, x), -90 => (y, N - 1 - x), _ => (N - 1 - x, N - 1 - y) };
                Assert.InRange(target[(y * N) + x] - source[(sy * N) + sx], -1, 1);
            }
        }
    }

    [Fact]
    public void Apply_FlipOnly_MirrorsAboutHalf()
    {
        byte[] planes = Picture(1, s_shape);
        int mirrored = Enumerable.Range(0, 1000).Count(i => !Apply(new Augmentation { Flip = true }, s_shape, planes, 1, i).AsSpan().SequenceEqual(planes));

        Assert.InRange(mirrored, 430, 570);
    }

    [Fact]
    public void Apply_BrightnessOnly_ScalesTheMeanWithinTheRange()
    {
        byte[] planes = [.. Enumerable.Repeat((byte)100, s_shape.Length)];
        int[] values = [.. Enumerable.Range(0, 500).Select(i => (int)Apply(new Augmentation { Brightness = 0.2 }, s_shape, planes, 1, i)[0])];

        Assert.InRange(values.Min(), 80, 84);
        Assert.InRange(values.Max(), 116, 120);
        Assert.All(values, v => Assert.Equal(100, Apply(new Augmentation { Contrast = 0.5 }, s_shape, planes, 1, v)[0]));
    }

    [Fact]
    public void Load_WhatSaveWrote_IsTheSame()
    {
        using var temp = new TempFolder();
        string path = Path.Combine(temp.Path, "augment.json");
        s_all.Save(path);

        Assert.Equal(s_all, Augmentation.Load(path));
        Assert.DoesNotContain("isNone", File.ReadAllText(path), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_ManyFaults_AreToldAtOnce()
    {
        using var temp = new TempFolder();
        string path = temp.Write("augment.json", """{ "crop": 1.5, "rotaton": 10, "flip": "yes", "brightness": 7, "crop": -1 }""");
        var e = Assert.Throws<InputException>(() => Augmentation.Load(path));

        Assert.All((string[])["1.5", "did you mean 'rotation'", "\"yes\"", "brightness is 7", "crop is -1", "stands twice", path], w => Assert.Contains(w, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"crop\": ")]
    [InlineData("{ \"rotation\": 1e999 }")]
    [InlineData("null")]
    public void Load_NoAugmentation_IsAnInputException(string json)
    {
        using var temp = new TempFolder();
        string path = temp.Write("augment.json", json);

        Assert.Throws<InputException>(() => Augmentation.Load(path));
        Assert.Throws<InputException>(() => Augmentation.Load(path + ".nowhere"));
    }

    [Fact]
    public void Augmenter_CropBeyondHalfThePicture_IsRefused() =>
        Assert.Contains("crop is 5", Assert.Throws<InputException>(() => new Augmenter(new Augmentation { Crop = 5 }, s_shape, 1)).Message, StringComparison.Ordinal);
}
