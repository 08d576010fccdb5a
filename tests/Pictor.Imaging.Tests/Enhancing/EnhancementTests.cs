namespace Pictor.Imaging.Tests.Enhancing;

public sealed class EnhancementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_AnyPicture_LeavesTheGivenOneAndItsShape(int seed)
    {
        var random = new Random(seed);
        Pixels pixels = Noise(random, random.Next(1, 60), random.Next(1, 60), seed % 2 == 0 ? 1 : 3, random.Next(0, 100), random.Next(120, 256));
        byte[] before = (byte[])pixels.Data.Clone();

        Pixels result = Enhancement.Parse("auto", null).Apply(pixels);

        Assert.Equal(before, pixels.Data);
        Assert.Equal((pixels.Width, pixels.Height, pixels.Channels, pixels.Data.Length), (result.Width, result.Height, result.Channels, result.Data.Length));
    }

    [Fact]
    public void Levels_OfAFlatPicture_UseTheWholeRangeAndKeepTheOrder()
    {
        Pixels pixels = Noise(new Random(1), 64, 64, 3, 90, 190);

        Pixels result = Enhancement.Parse("levels", null).Apply(pixels);

        Assert.Equal((0, 255), (result.Data.Min(), result.Data.Max()));
        int[] order = [.. Enumerable.Range(0, pixels.Data.Length).OrderBy(i => pixels.Data[i])];
        Assert.True(order.Zip(order.Skip(1)).All(p => result.Data[p.First] <= result.Data[p.Second]));
        Pixels grey = new Enhancement { Levels = true }.Apply(Noise(new Random(1), 64, 64, 1, 90, 190));
        Assert.Same(grey, new Enhancement { Levels = true }.Apply(grey)); // the range is used, so nothing is left to do
        var even = new Pixels(4, 4, 1, Enumerable.Repeat((byte)77, 16).ToArray());
        Assert.Same(even, new Enhancement { Levels = true }.Apply(even));
    }

    [Fact]
    public void Levels_AreStretchedByAtMostThree()
    {
        Pixels fog = Noise(new Random(2), 64, 64, 1, 120, 140);
        byte[] result = new Enhancement { Levels = true }.Apply(fog).Data;
        Assert.InRange(result.Max() - result.Min(), 50, 61);
    }

    [Fact]
    public void WhiteBalance_OfAGreySceneUnderColouredLight_IsGreyAgain()
    {
        var random = new Random(3);
        var data = new byte[64 * 64 * 3];
        for (int i = 0; i < data.Length; i += 3)
        {
            double grey = random.NextDouble();
            (data[i], data[i + 1], data[i + 2]) = (Curve(grey * 0.9), Curve(grey * 0.75), Curve(grey * 0.6)); // warm light on grey cards
        }

        Pixels result = new Enhancement { WhiteBalance = true }.Apply(new Pixels(64, 64, 3, data));

        Assert.InRange(Spread(result.Data), 0, 2.5);
        Assert.True(Spread(data) > 10);
        var grey1 = new Pixels(8, 8, 1, new byte[64]);
        Assert.Same(grey1, new Enhancement { WhiteBalance = true }.Apply(grey1));

        static byte Curve(double v) => (byte)Math.Round(255 * (v <= 0.0031308 ? v * 12.92 : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055));
        static double Spread(byte[] d) => Enumerable.Range(0, d.Length / 3).Average(i => Math.Max(d[i * 3], Math.Max(d[(i * 3) + 1], d[(i * 3) + 2])) - Math.Min(d[i * 3], Math.Min(d[(i * 3) + 1], d[(i * 3) + 2])));
    }

    [Fact]
    public void Sharpen_AnEdge_MakesItSteeperAndLeavesEvenAreas()
    {
        var data = new byte[20 * 5];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)Math.Clamp(100 + ((i % 20) - 9) * 20, 80, 160);

        byte[] result = new Enhancement { Sharpen = true }.Apply(new Pixels(20, 5, 1, data)).Data;

        Assert.Equal(80, result[40]);
        Assert.Equal(160, result[59]);
        Assert.True(result.Max() > 160 && result.Min() < 80);
    }

    [Fact]
    public void Crop_IsThatPartOfThePicture()
    {
        Pixels pixels = Noise(new Random(4), 40, 20, 3, 0, 256);

        Pixels part = Enhancement.Parse(null, "0.25,0.5,0.5,0.25").Apply(pixels);

        Assert.Equal((20, 5, 3), (part.Width, part.Height, part.Channels));
        for (int y = 0; y < 5; y++)
            Assert.Equal(pixels.Data.AsSpan((((y + 10) * 40) + 10) * 3, 60).ToArray(), part.Data.AsSpan(y * 60, 60).ToArray());
        Pixels least = Enhancement.Parse(null, "0.999,0.999,0.001,0.001").Apply(pixels);
        Assert.Equal((1, 1), (least.Width, least.Height));
    }

    [Theory]
    [InlineData("level", null, "levels")]
    [InlineData("auto,blur", null, "blur")]
    [InlineData(null, "0,0,1", "crop")]
    [InlineData(null, "0.5,0.5,0.6,0.1", "crop")]
    [InlineData(null, "0,0,0,1", "crop")]
    [InlineData(null, "a,b,c,d", "crop")]
    public void Parse_WhatIsNoEnhancement_SaysWhatIs(string? enhance, string? crop, string named)
    {
        InputException fault = Assert.Throws<InputException>(() => Enhancement.Parse(enhance, crop));
        Assert.Equal("enhance.invalid", fault.Code);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static Pixels Noise(Random random, int width, int height, int channels, int from, int to)
    {
        byte[] data = [.. Enumerable.Range(0, width * height * channels).Select(_ => (byte)random.Next(from, to))];
        return new Pixels(width, height, channels, data);
    }
}
