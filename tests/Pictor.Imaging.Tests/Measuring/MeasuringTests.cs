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
}
