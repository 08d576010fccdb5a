using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Pictor.Imaging.Tests.Reading;

/// <summary>Files of libheif's own heif-enc (Golden/make_metadata.py) for the header; what is decoded is checked where this system has the decoder.</summary>
public sealed class HeifTests
{
    private static readonly string[] s_files = ["plain.heic", "alpha.heic", "plain.avif"];

    private static byte[] Golden(string name) => File.ReadAllBytes(Sample.Golden("heif", name));

    [Theory]
    [InlineData("plain.heic", PictureFormat.Heif)]
    [InlineData("plain.avif", PictureFormat.Avif)]
    public void ReadHeader_HeicAndAvif_TellSizeAndMetadataWithoutADecoder(string name, PictureFormat format)
    {
        PictureHeader header = PictureReader.ReadHeader(Golden(name), name);
        DescriptiveMetadata said = PictureReader.ReadDescription(Golden(name), name);

        Assert.Equal((format, 64, 48, 1), (header.Format, header.Width, header.Height, header.Orientation));
        Assert.Equal("Nikon AF-S NIKKOR 50mm f/1.8G", header.Lens);
        Assert.Equal(["animals", "beagle", "dog", "猫"], said.Keywords.Select(k => k.Word).Order(StringComparer.Ordinal));
        Assert.Equal("A dog in HEIF", said.Description);
    }

    [Fact]
    public void ReadHeader_OrientationInExif_IsNotFollowed_ForTheDecoderTurnsByTheBoxes() =>
        Assert.Equal((64, 48, 1), (PictureReader.ReadHeader(Golden("turned.heic"), "a").Width, PictureReader.ReadHeader(Golden("turned.heic"), "a").Height, PictureReader.ReadHeader(Golden("turned.heic"), "a").Orientation));

    [Theory]
    [InlineData(0, 640, 480)]
    [InlineData(1, 480, 640)]
    [InlineData(2, 640, 480)]
    public void ReadHeader_TurnedByABox_TellsTheUprightSize(byte quarterTurns, int width, int height)
    {
        PictureHeader header = PictureReader.ReadHeader(Boxes(640, 480, quarterTurns), "a.heic");

        Assert.Equal((width, height), (header.Width, header.Height));
    }

    [Fact]
    public void ReadHeader_TooManyPixels_AreRefusedBeforeADecoderIsStarted() =>
        Assert.Equal("picture.too-many-pixels", Assert.Throws<PictureException>(() => PictureReader.ReadHeader(Boxes(60_000, 60_000, 0), "a.heic")).Code);

    [Fact]
    public void ReadHeader_DamagedBoxes_NeverFailOtherwise() => Gen.Select(
        Gen.Int[0, 2].Select(i => s_files[i]), Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 30], Gen.Double[0.1, 1]).Sample(
        (name, changes, part) =>
        {
            byte[] file = Golden(name);
            foreach ((double at, byte value) in changes)
                file[12 + (int)(at * (Math.Min(file.Length, 900) - 13))] = value;
            try
            {
                byte[] cut = file[..(int)(part * file.Length)];
                return PictureReader.ReadHeader(cut, name).Width > 0 && PictureReader.ReadDescription(cut, name) is not null;
            }
            catch (PictureException)
            {
                return true;
            }
        }, iter: 3000);

    [Fact]
    public void Decode_WithoutLibheif_SaysHowToInstallIt()
    {
        Assert.SkipWhen(HeifSupport.Find() is not null, "libheif's program is here.");

        PictureException refusal = Assert.Throws<PictureException>(() => PictureReader.Decode(Golden("plain.heic"), "a.heic"));

        Assert.Equal(HeifSupport.MissingCode, refusal.Code);
        Assert.Contains("install", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain.heic")]
    [InlineData("plain.avif")]
    [InlineData("turned.heic")]
    [InlineData("alpha.heic")]
    public void Decode_WithLibheif_GivesThePixels(string name)
    {
        Assert.SkipWhen(HeifSupport.Find() is null, $"This system cannot decode HEIC and AVIF. {HeifSupport.HowToInstall}");

        Pixels pixels = PictureReader.Decode(Golden(name), name);

        // Grey from black at the top to white at the bottom; the alpha one becomes transparent, so white, towards one side.
        Assert.Equal((64, 48), (pixels.Width, pixels.Height));
        int Grey(int x, int y) => pixels.Data[((y * 64) + x) * pixels.Channels];
        if (name == "alpha.heic")
            Assert.True(Math.Abs(Grey(2, 4) - Grey(61, 4)) > 150, $"{Grey(2, 4)} and {Grey(61, 4)}");
        else
            Assert.True(Grey(30, 2) < 40 && Grey(30, 45) > 215, $"{Grey(30, 2)} and {Grey(30, 45)}");
    }

    [Fact]
    public void Decode_ByAProgramThatDoesItsPart_ReadsWhatItWrote()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The stand-in is a shell script.");
        using var place = new Script("cp \"$(dirname \"$0\")/picture.jpg\" \"$4\"", PictureWriter.Jpeg(Sample.Gradient(640, 480, 3), 95));

        Pixels pixels = place.Decode(Boxes(640, 480, 0), TimeSpan.FromSeconds(20));

        Assert.InRange(Sample.MeanDifference(Sample.Gradient(640, 480, 3), pixels), 0, 3);
    }

    [Theory]
    [InlineData("echo 'Could not read: Unsupported codec' >&2; exit 1", "picture.unsupported", "Unsupported codec")]
    [InlineData("echo 'Invalid input' >&2; exit 1", "picture.damaged", "Invalid input")]
    [InlineData("exit 0", "picture.damaged", "libheif cannot decode")]
    [InlineData("cp \"$(dirname \"$0\")/picture.jpg\" \"$4\"", "picture.damaged", "says 640 x 480 pixels and holds 64 x 48")]
    [InlineData("sleep 60", "picture.unsupported", "took longer")]
    [InlineData("yes complaint >&2", "picture.unsupported", "took longer")]
    public void Decode_ByAProgramThatFails_TellsWhy(string script, string code, string text)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The stand-in is a shell script.");
        using var place = new Script(script, PictureWriter.Jpeg(Sample.Gradient(64, 48, 3), 95));

        PictureException refusal = Assert.Throws<PictureException>(() => place.Decode(Boxes(640, 480, 0), TimeSpan.FromSeconds(0.7)));

        Assert.Equal(code, refusal.Code);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 700);
    }

    [Fact]
    public void Run_Child_IsHeldToItsAddressSpaceAndTime()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are the shell's.");

        ChildOutcome outcome = LimitedChild.Run("/bin/sh", ["-c", "ulimit -v >&2; ulimit -t >&2"], Path.GetTempPath(), TimeSpan.FromSeconds(10), 1L << 30);

        Assert.Equal((0, "1048576 40"), (outcome.ExitCode, outcome.Complaint));
    }

    /// <summary>The least that describes a picture: meta with the primary item, its size and its turn.</summary>
    private static byte[] Boxes(uint width, uint height, byte quarterTurns)
    {
        byte[] size = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(4), width);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(8), height);
        byte[] container = Box("ipco", [.. Box("ispe", size), .. Box("irot", [quarterTurns])]);
        byte[] association = Box("ipma", [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 0x81, 0x82]);
        byte[] meta = Box("meta", [0, 0, 0, 0, .. Box("pitm", [0, 0, 0, 0, 0, 1]), .. Box("iprp", [.. container, .. association])]);
        return [.. Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "mif1"u8]), .. meta];
    }

    private static byte[] Box(string kind, byte[] body)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)body.Length + 8);
        Encoding.ASCII.GetBytes(kind, head.AsSpan(4));
        return [.. head, .. body];
    }

    /// <summary>A program that stands in for libheif's.</summary>
    private sealed class Script : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("pictor-script-").FullName;

        public Script(string body, byte[] picture)
        {
            File.WriteAllBytes(Path.Combine(_folder, "picture.jpg"), picture);
            string path = Path.Combine(_folder, "heif-dec");
            File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        public Pixels Decode(byte[] file, TimeSpan time) =>
            HeifDecoder.Decode(file, "a.heic", PictureFormat.Heif, HeifHeader.Read(file, "a.heic"), DecodeOptions.Default, Path.Combine(_folder, "heif-dec"), time);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
