namespace Pictor.Imaging.Tests.Measuring;

public sealed class MeasuringTests
{
    [Theory]
    [InlineData(0, 0, 0, NamedColour.Black)]
    [InlineData(20, 20, 24, NamedColour.Black)]
    [InlineData(128, 128, 128, NamedColour.Grey)]
    [InlineData(255, 255, 255, NamedColour.White)]
    [InlineData(255, 0, 0, NamedColour.Red)]
    [InlineData(139, 0, 0, NamedColour.Red)]
    [InlineData(220, 20, 60, NamedColour.Red)]
    [InlineData(255, 192, 203, NamedColour.Pink)]
    [InlineData(255, 105, 180, NamedColour.Pink)]
    [InlineData(255, 165, 0, NamedColour.Orange)]
    [InlineData(255, 140, 0, NamedColour.Orange)]
    [InlineData(139, 69, 19, NamedColour.Brown)]
    [InlineData(160, 82, 45, NamedColour.Brown)]
    [InlineData(255, 255, 0, NamedColour.Yellow)]
    [InlineData(255, 215, 0, NamedColour.Yellow)]
    [InlineData(0, 128, 0, NamedColour.Green)]
    [InlineData(0, 255, 0, NamedColour.Green)]
    [InlineData(107, 142, 35, NamedColour.Green)]
    [InlineData(0, 0, 255, NamedColour.Blue)]
    [InlineData(0, 0, 128, NamedColour.Blue)]
    [InlineData(135, 206, 235, NamedColour.Blue)]
    [InlineData(70, 130, 180, NamedColour.Blue)]
    [InlineData(128, 0, 128, NamedColour.Purple)]
    [InlineData(148, 0, 211, NamedColour.Purple)]
    [InlineData(245, 245, 220, NamedColour.Grey, NamedColour.White, NamedColour.None)]
    public void NameOf_ColoursOfCss_IsWhatTheyAreCalled(byte red, byte green, byte blue, params NamedColour[] expected) =>
        Assert.Contains(ColourShares.NameOf(red, green, blue), expected);

    /// <summary>The vectors do without roots and arc tangents; the definition has both.</summary>
    [Fact]
    public void ColourShares_OfNoise_AreThoseOfTheDefinition()
    {
        Pixels noise = Sample.Noise(83, 61, 3, 11);
        var expected = new Dictionary<NamedColour, int>();
        int unsure = 0;
        for (int i = 0; i < noise.Data.Length; i += 3)
        {
            (double lightness, double chroma, double hue) = Oklch(noise.Data[i], noise.Data[i + 1], noise.Data[i + 2]);
            NamedColour name = Named(lightness, chroma, hue);
            expected[name] = expected.GetValueOrDefault(name) + 1;
            bool nearBorder = Named(lightness + 1e-4, chroma + 1e-4, hue + 0.01) != name || Named(lightness - 1e-4, chroma - 1e-4, hue - 0.01) != name;
            if (nearBorder)
                unsure++;
            else
                Assert.Equal(name, ColourShares.NameOf(noise.Data[i], noise.Data[i + 1], noise.Data[i + 2]));
        }

        ColourShares shares = ColourShares.Of(noise);

        Assert.InRange(unsure, 0, 50);
        foreach (NamedColour name in Enum.GetValues<NamedColour>())
            Assert.InRange(shares[name] * 83 * 61, expected.GetValueOrDefault(name) - unsure - 0.01, expected.GetValueOrDefault(name) + unsure + 0.01);
    }

    /// <summary>Whole vectors and what is left over.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(64, 64)]
    [InlineData(131, 77)]
    public void LumaFacts_AnySize_AreThoseOfPlainLoops(int w, int h)
    {
        Pixels noise = Sample.Noise(w, h, 3, 5);
        byte[] luma = new byte[w * h];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (byte)(((noise.Data[3 * i] * 299) + (noise.Data[(3 * i) + 1] * 587) + (noise.Data[(3 * i) + 2] * 114) + 500) / 1000);

        Assert.Equal(LumaFacts.Of(new Pixels(w, h, 1, luma)), LumaFacts.Of(noise));
        Assert.Equal(PlainSharpness(luma, w, h), LumaFacts.Of(noise).Sharpness, 1e-12);
    }

    [Fact]
    public void ColourShares_OfHalves_AreHalves()
    {
        var data = new byte[40 * 40 * 3];
        for (int i = 0; i < 40 * 40; i++)
            data[(3 * i) + (i < 800 ? 0 : 2)] = 220;

        ColourShares shares = ColourShares.Of(new Pixels(40, 40, 3, data));

        Assert.Equal((0.5, 0.5, 0.0, 0.0), (shares[NamedColour.Red], shares[NamedColour.Blue], shares[NamedColour.Green], shares.WithoutColour));
        Assert.Equal(1, ColourShares.Of(Sample.Gradient(40, 30, 1)).WithoutColour);
    }

    [Fact]
    public void FlatAreas_EvenAndNoisy_AreTold()
    {
        var noise = new byte[60 * 60 * 3];
        new Random(1).NextBytes(noise);

        Assert.Equal(1, FlatAreas.ShareOf(new Pixels(60, 60, 3, new byte[60 * 60 * 3])));
        Assert.InRange(FlatAreas.ShareOf(new Pixels(60, 60, 3, noise)), 0, 0.01);
        Assert.Equal(0, FlatAreas.ShareOf(new Pixels(1, 60, 1, new byte[60])));
    }

    private static (double Lightness, double Chroma, double Hue) Oklch(byte red, byte green, byte blue)
    {
        (double r, double g, double b) = (Linear(red), Linear(green), Linear(blue));
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b)), m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        double x = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s), y = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        return ((0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s), Math.Sqrt((x * x) + (y * y)), ((Math.Atan2(y, x) * 180 / Math.PI) + 360) % 360);

        static double Linear(byte value) => value <= 10 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
    }

    private static NamedColour Named(double lightness, double chroma, double hue) => (lightness, chroma) switch
    {
        ( < 0.24, < 0.05) => NamedColour.Black,
        ( > 0.92, < 0.035) => NamedColour.White,
        (_, < 0.035) => NamedColour.Grey,
        (_, < 0.06) => NamedColour.None,
        _ => hue switch
        {
            < 20 => lightness >= 0.65 ? NamedColour.Pink : NamedColour.Red,
            < 40 => lightness >= 0.72 ? NamedColour.Pink : chroma >= 0.1 ? NamedColour.Red : NamedColour.Brown,
            < 80 => lightness < 0.62 || (lightness < 0.7 && chroma < 0.12) ? NamedColour.Brown : chroma >= 0.12 ? NamedColour.Orange : NamedColour.None,
            < 118 => lightness >= 0.75 ? chroma >= 0.08 ? NamedColour.Yellow : NamedColour.None : hue < 100 ? NamedColour.Brown : NamedColour.Green,
            < 190 => NamedColour.Green,
            < 285 => NamedColour.Blue,
            < 345 => lightness >= 0.75 && hue >= 320 ? NamedColour.Pink : NamedColour.Purple,
            _ => lightness >= 0.5 ? NamedColour.Pink : NamedColour.Purple,
        },
    };

    private static double PlainSharpness(byte[] luma, int w, int h)
    {
        double mean = luma.Average(v => (double)v), deviation = Math.Sqrt(luma.Average(v => (v - mean) * (v - mean)));
        if (w < 3 || h < 3 || deviation < 1)
            return -4;
        double[] variances = new double[16];
        foreach (IGrouping<int, int> tile in Enumerable.Range(0, w * h).Where(i => i % w > 0 && i % w < w - 1 && i / w > 0 && i / w < h - 1).GroupBy(i => (i / w * 4 / h * 4) + (i % w * 4 / w)))
        {
            double[] laplacians = [.. tile.Select(i => (double)(luma[i - w] + luma[i + w] + luma[i - 1] + luma[i + 1] - (4 * luma[i])))];
            variances[tile.Key] = laplacians.Average(v => v * v) - Math.Pow(laplacians.Average(), 2);
        }

        return Math.Log10(Math.Max(1e-4, variances.Order().ElementAt(14) / (deviation * deviation)));
    }
}
