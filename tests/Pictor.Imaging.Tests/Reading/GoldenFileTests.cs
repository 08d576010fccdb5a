namespace Pictor.Imaging.Tests.Reading;

/// <summary>Files that Pillow wrote, against what Pillow decodes them to (Golden/make_goldens.py).</summary>
public sealed class GoldenFileTests
{
    // JPEG decoders may differ by a step or two in the cosine transform, lossy WebP in how chroma is enlarged; all else is exact.
    private static readonly Dictionary<string, double> Tolerances = new(StringComparer.Ordinal)
    {
        ["progressive.jpg"] = 0.5,
        ["baseline-420.jpg"] = 0.5,
        ["grey.jpg"] = 0.5,
        ["cmyk.jpg"] = 1.5,
        ["rgb-jpeg.tif"] = 1.5,
        ["lossy.webp"] = 1.0,
        ["cmyk.tif"] = 1.0,
        ["alpha.png"] = 0.5,
        ["grey-alpha.png"] = 0.5,
        ["alpha.webp"] = 0.5,
        ["alpha-lzw.tif"] = 0.5,
    };

    public static TheoryData<string> Names =>
        new(Directory.EnumerateFiles(Sample.Golden("files")).Select(path => Path.GetFileName(path)).Where(name => !HasExpectation(name)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FileOfPillow_GivesThePixelsOfPillow(string name)
    {
        byte[] file = File.ReadAllBytes(Sample.Golden("files", name));
        Pixels expected = PictureReader.Decode(File.ReadAllBytes(Sample.Golden("files", name + ".png")), name + ".png");

        Pixels pixels = PictureReader.Decode(file, name);
        PictureHeader header = PictureReader.ReadHeader(file, name);

        Assert.InRange(Sample.MeanDifference(expected, pixels), 0, Tolerances.GetValueOrDefault(name));
        Assert.Equal((pixels.Width, pixels.Height, pixels.Channels == 1), (header.Width, header.Height, header.Grey));
    }

    [Fact]
    public void Names_OfGoldenFiles_CoverAllFormats() =>
        Assert.Equal(
            [PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Bmp, PictureFormat.WebP, PictureFormat.Gif, PictureFormat.Tiff],
            Directory.EnumerateFiles(Sample.Golden("files")).Select(path => PictureReader.Sniff(File.ReadAllBytes(path))).Distinct().Order());

    // Every NAME.EXT has its NAME.EXT.png; those have none.
    private static bool HasExpectation(string name) => Path.GetFileNameWithoutExtension(name).Contains('.', StringComparison.Ordinal);
}
