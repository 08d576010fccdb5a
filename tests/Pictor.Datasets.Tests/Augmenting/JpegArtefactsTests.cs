using Pictor.Imaging;

namespace Pictor.Datasets.Tests.Augmenting;

/// <summary>The peer is a real file: written and read by the libraries that read people's pictures. At odd edges those pad a little differently.</summary>
public sealed class JpegArtefactsTests
{
    public static TheoryData<int, int, int, int> Cases => new()
    {
        { 64, 64, 3, 35 }, { 64, 64, 3, 50 }, { 64, 64, 3, 75 }, { 64, 64, 3, 92 }, { 37, 29, 3, 50 }, { 24, 16, 3, 40 }, { 65, 16, 3, 60 }, { 64, 64, 1, 50 }, { 29, 37, 1, 80 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_EqualsWhatAFileOfThatQualityLeaves(int width, int height, int channels, int quality)
    {
        Pixels picture = Drawn(width, height, channels);
        byte[] planes = Planes(picture), original = [.. planes];
        JpegArtefacts.Apply(planes, new PictureShape(channels, height, width), quality);

        byte[] file = Planes(PictureReader.Decode(PictureWriter.Jpeg(picture, quality), "a.jpg", new DecodeOptions()), channels);
        double ours = Difference(planes, file), lost = Difference(original, file);
        Assert.True(ours < Math.Max(0.8, lost / 4), $"{ours:0.00} from the file, which lies {lost:0.00} from the original");
    }

    // Edges, a gradient, grain and colour: what a picture of 64 px has.
    private static Pixels Drawn(int width, int height, int channels)
    {
        var random = new CounterRandom(3, width, height);
        byte[] data = new byte[width * height * channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool inside = ((x - (width / 2)) * (x - (width / 2))) + ((y - (height / 2)) * (y - (height / 2))) < width * height / 10;
                for (int c = 0; c < channels; c++)
                {
                    double value = 60 + (100.0 * x / width) + (20 * c) + (inside ? 70 - (60 * c) : 0) + (12 * (random.Unit() - 0.5));
                    data[(((y * width) + x) * channels) + c] = (byte)Math.Clamp(value, 0, 255);
                }
            }
        }

        return new Pixels(width, height, channels, data);
    }

    // A grey file may be read as colour.
    private static byte[] Planes(Pixels p, int channels) => Planes(p)[..(channels * p.Width * p.Height)];

    private static byte[] Planes(Pixels p) => [.. Enumerable.Range(0, p.Channels).SelectMany(c => Enumerable.Range(0, p.Width * p.Height).Select(i => p.Data[(i * p.Channels) + c]))];

    private static double Difference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
}
