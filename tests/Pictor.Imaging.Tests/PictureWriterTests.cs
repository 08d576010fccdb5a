namespace Pictor.Imaging.Tests;

public sealed class PictureWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Png_RoundTrip_KeepsEveryPixelAndTheChannels(int channels)
    {
        Pixels picture = Sample.Noise(37, 23, channels, seed: 5);

        Pixels back = PictureReader.Decode(PictureWriter.Png(picture), "noise.png");

        Assert.Equal((37, 23, channels), (back.Width, back.Height, back.Channels));
        Assert.Equal(picture.Data, back.Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Jpeg_RoundTrip_StaysNear(int channels)
    {
        Pixels picture = Sample.Gradient(64, 48, channels);

        Pixels back = PictureReader.Decode(PictureWriter.Jpeg(picture, 95), "gradient.jpg");

        Assert.Equal((64, 48, channels), (back.Width, back.Height, back.Channels));
        Assert.All(picture.Data.Zip(back.Data), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 12));
    }

    [Fact]
    public void Png_DataOfAnotherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PictureWriter.Png(new Pixels(4, 4, 3, new byte[47])));
}
