using CsCheck;

namespace Pictor.Imaging.Tests.Resizing;

public sealed class PreprocessingTests
{
    private static readonly float[] Means = [0.485f, 0.456f, 0.406f], Stds = [0.229f, 0.224f, 0.225f];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public void ToPlanes_SizeAlreadyRight_OnlyConvertsChannels(int from, int to)
    {
        Pixels picture = Sample.Noise(37, 21, from, 3);
        byte[] planes = new byte[to * 37 * 21];

        For(new PictureShape(to, 21, 37), ResizePolicy.CentreCrop).ToPlanes(picture, planes);

        for (int i = 0; i < 37 * 21; i++)
        {
            byte[] pixel = picture.Data[(i * from)..((i + 1) * from)];
            byte[] expected = (from, to) switch
            {
                (3, 1) => [(byte)(((pixel[0] * 19595) + (pixel[1] * 38470) + (pixel[2] * 7471) + 32768) / 65536)],
                (1, 3) => [pixel[0], pixel[0], pixel[0]],
                _ => pixel,
            };
            Assert.Equal(expected, Enumerable.Range(0, to).Select(c => planes[(c * 37 * 21) + i]));
        }
    }

    [Theory]
    [InlineData(80, 40, 3)]
    [InlineData(40, 90, 3)]
    [InlineData(20, 31, 1)]
    public void ToPlanes_CentreCrop_EqualsResizingTheWholeAndCuttingTheMiddle(int width, int height, int channels)
    {
        Pixels picture = Sample.Noise(width, height, channels, 9);
        double scale = 24.0 / Math.Min(width, height);
        Pixels whole = Resizer.Resize(picture, (int)Math.Round(width * scale), (int)Math.Round(height * scale));
        Pixels middle = Resizer.Crop(whole, (whole.Width - 24) / 2, (whole.Height - 24) / 2, 24, 24);
        var shape = new PictureShape(channels, 24, 24);

        Assert.Equal(Planar(middle, shape), Planar(picture, shape, ResizePolicy.CentreCrop));
    }

    [Fact]
    public void ToPlanes_Stretch_EqualsResize()
    {
        Pixels picture = Sample.Noise(50, 41, 3, 2);
        var shape = new PictureShape(3, 18, 33);

        Assert.Equal(Planar(Resizer.Resize(picture, 33, 18), shape), Planar(picture, shape, ResizePolicy.Stretch));
    }

    [Fact]
    public void ToPlanes_Letterbox_PutsThePictureTopLeftAndPadsWith114()
    {
        Pixels picture = Sample.Noise(80, 40, 3, 2);
        byte[] planes = Planar(picture, new PictureShape(3, 32, 32), ResizePolicy.Letterbox);
        byte[] part = Planar(Resizer.Resize(picture, 32, 16), new PictureShape(3, 16, 32));

        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(part[(c * 512)..((c + 1) * 512)], planes[(c * 1024)..((c * 1024) + 512)]);
            Assert.All(planes[((c * 1024) + 512)..((c + 1) * 1024)], value => Assert.Equal(114, value));
        }
    }

    [Fact]
    public void ToPlanes_ExtremeShapes_NeverFail() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Bool.Select(colour => colour ? 3 : 1), Gen.Enum<ResizePolicy>(), Gen.Int[1, 40], Gen.Int[1, 40])
            .Sample((width, height, channels, policy, toWidth, toHeight) =>
                Planar(Sample.Gradient(width, height, channels), new PictureShape(3, toHeight, toWidth), policy).Length == 3 * toHeight * toWidth);

    [Fact]
    public void ToPlanes_SpanTooShort_IsRefused() =>
        Assert.Throws<ArgumentException>(() => For(new PictureShape(3, 8, 8), ResizePolicy.Stretch).ToPlanes(Sample.Noise(9, 9, 3, 1), new byte[191]));

    [Fact]
    public void Normalize_SeveralPictures_FollowsTheFormula() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 12], Gen.Int[1, 12], Gen.UInt).Sample((count, width, height, seed) =>
        {
            byte[] planes = Sample.Noise(width, height * 3 * count, 1, seed).Data;
            float[] values = new float[planes.Length];
            For(new PictureShape(3, height, width), ResizePolicy.Stretch).Normalize(planes, values);
            return Enumerable.Range(0, planes.Length).All(i =>
            {
                int channel = i / (width * height) % 3;
                double expected = ((planes[i] / 255.0) - Means[channel]) / Stds[channel];
                return Math.Abs(expected - values[i]) <= 2e-6;
            });
        });

    [Fact]
    public void Normalize_MeanThatDoesNotFit_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => (For(new PictureShape(3, 2, 2), ResizePolicy.Stretch) with { Mean = [0.5f] }).Normalize(new byte[12], new float[12]));

    [Fact]
    public void DecodeOptions_LargeJpeg_ShrinksButLeavesTwiceTheInput()
    {
        byte[] file = PictureWriter.Jpeg(Sample.Gradient(1600, 1200, 3));

        Pixels picture = PictureReader.Decode(file, "large.jpg", For(new PictureShape(3, 100, 100), ResizePolicy.CentreCrop).DecodeOptions());

        Assert.Equal((400, 300), (picture.Width, picture.Height));
    }

    private static Preprocessing For(PictureShape shape, ResizePolicy policy) => new(shape, policy, Means, Stds);

    private static byte[] Planar(Pixels picture, PictureShape shape, ResizePolicy policy = ResizePolicy.Stretch)
    {
        byte[] planes = new byte[shape.Length];
        For(shape, policy).ToPlanes(picture, planes);
        return planes;
    }
}
