using System.IO.Compression;

namespace Pictor.Imaging.Tests.Hostile;

/// <summary>Odd and hostile files, decoded in a process of their own: no crash, no hang, bounded memory, and the same judgement as Pillow's but for the files named here.</summary>
public sealed class HostileCorpusTests : IDisposable
{
    private const int MostMebibytes = 500;

    // A fuzzer's TIFF with damaged JPEG data, and a GIF whose LZW data Skia finds invalid.
    private static readonly string[] OnlyReadByPillow =
    [
        "image-rs/regression__tiff__clusterfuzz-testcase-minimized-fuzzer_script_tiff-5026894169374720.tif", "pillow/issue_2811.gif",
    ];

    // Bitmap headers and bit fields that Pillow 9.4 does not know, a CMYK predictor, and a damaged EXIF block, which never stops a picture.
    private static readonly string[] OnlyReadByPictor =
    [
        "image-rs/bad__tiff__TODO hpredict_cmyk.tiff", "image-rs/images__bmp__images__V3_A1_R5_G5_B5.bmp", "image-rs/images__bmp__images__V3_R5_G6_B5.bmp",
        "image-rs/images__bmp__images__V3_X4_R4_G4_B4.bmp", "image-rs/images__bmp__images__V3_X8_R8_G8_B8_Top_Down.bmp", "image-rs/images__bmp__images__rgba16-1924.bmp",
        "libwebp/grid.bmp", "pillow/bmp__q__pal8os2v2-16.bmp", "pillow/bmp__q__pal8oversizepal.bmp", "pillow/bmp__q__rgb16-231.bmp", "pillow/bmp__q__rgba16-4444.bmp",
        "pillow/bmp__q__rgba32abf.bmp", "pillow/truncated_exif_dpi.jpg",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pictor-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Decode_SharedHostileFiles_IsSafeAndAgreesWithPillow()
    {
        string zip = Path.Combine(SharedData(), "hostile.zip");
        Assert.SkipUnless(File.Exists(zip), $"{zip} is absent; set PICTOR_DATA to the folder with hostile.zip.");
        await ZipFile.ExtractToDirectoryAsync(zip, _folder, TestContext.Current.CancellationToken);

        Dictionary<string, CorpusLine> lines = await CorpusProcess.RunAsync(_folder, TestContext.Current.CancellationToken);

        List<string> onlyPillow = [], onlyPictor = [], otherSize = [];
        foreach (string[] row in File.ReadLines(Path.Combine(_folder, "manifest.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            (string file, bool readable, string detail) = (row[0], row[3] == "ok", row[4]);
            CorpusLine ours = lines[file];
            if (readable && ours.Outcome != "ok" && ours.Outcome != "picture.unknown-format")
                onlyPillow.Add(file);

            // Pillow 9.4 reads neither HEIF nor AVIF, and Pictor only where libheif's program is.
            if (!readable && ours.Outcome == "ok" && !ours.Detail.StartsWith("Heif", StringComparison.Ordinal) && !ours.Detail.StartsWith("Avif", StringComparison.Ordinal))
                onlyPictor.Add(file);
            if (readable && ours.Outcome == "ok" && !SameSize(detail, ours.Detail))
                otherSize.Add($"{file}: {detail} but {ours.Detail}");
        }

        Assert.True(lines.Count >= 526, $"{lines.Count} files were looked at.");
        Assert.DoesNotContain(lines.Values, line => line.Outcome is "crash" or "contradiction");
        Assert.Equal(OnlyReadByPillow, onlyPillow.Order(StringComparer.Ordinal));
        Assert.Equal(OnlyReadByPictor, onlyPictor.Order(StringComparer.Ordinal));
        Assert.Empty(otherSize);
        Assert.InRange(lines.Values.Max(line => line.PeakMebibytes), 1, MostMebibytes);
    }

    [Fact]
    public async Task Decode_SelfMadeBombs_AreRefusedOrHarmlessWithinLittleMemory()
    {
        foreach ((string name, byte[] file) in Bombs.All())
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), file, TestContext.Current.CancellationToken);

        Dictionary<string, CorpusLine> lines = await CorpusProcess.RunAsync(_folder, TestContext.Current.CancellationToken);

        Assert.Equal(
            Bombs.Outcomes.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal),
            lines.Select(pair => $"{pair.Key} {pair.Value.Outcome}").Order(StringComparer.Ordinal));
        Assert.InRange(lines.Values.Max(line => line.PeakMebibytes), 1, 300);
    }

    private static string SharedData()
    {
        if (Environment.GetEnvironmentVariable("PICTOR_DATA") is { Length: > 0 } named)
            return named;
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Pictor.slnx")))
            root = Path.GetDirectoryName(root);
        return Path.GetFullPath(Path.Combine(root ?? ".", "..", "shared", "data"));
    }

    // The manifest gives the size as stored, Pictor the upright one: "JPEG RGB 1800x1200 frames=1" and "Jpeg 1200x1800x3".
    private static bool SameSize(string detail, string ours)
    {
        string[] theirs = detail.Split(' ').First(word => word.Contains('x', StringComparison.Ordinal) && char.IsAsciiDigit(word[0])).Split('x');
        string[] mine = ours.Split(' ')[1].Split('x');
        return (theirs[0] == mine[0] && theirs[1] == mine[1]) || (theirs[0] == mine[1] && theirs[1] == mine[0]);
    }
}
