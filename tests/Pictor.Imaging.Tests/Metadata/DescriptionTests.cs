using System.Text;
using System.Xml;
using CsCheck;

namespace Pictor.Imaging.Tests.Metadata;

/// <summary>Keywords, texts and stars, out of files that Pillow wrote (Golden/make_metadata.py) and out of packets as various programs write them.</summary>
public sealed class DescriptionTests
{
    private static readonly string[] s_files = ["both.jpg", "xmp.tif", "packed.png", "xmp.webp", "iptc-utf8.jpg"];

    private static byte[] Golden(string name) => File.ReadAllBytes(Sample.Golden("metadata", name));

    private static DescriptiveMetadata Read(string name) => PictureReader.ReadDescription(Golden(name), name);

    private static string[] Words(DescriptiveMetadata said) => [.. said.Keywords.Select(k => k.Word).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("xmp.jpg", "JPEG")]
    [InlineData("plain.png", "PNG")]
    [InlineData("packed.png", "PNG")]
    [InlineData("xmp.webp", "WebP")]
    public void ReadDescription_Xmp_IsTheSameInEveryFormat(string file, string kind)
    {
        DescriptiveMetadata said = Read(file);

        Assert.Equal(["animals", "beagle", "dog", "猫"], Words(said));
        Assert.Equal("animals|dog|beagle", said.Keywords.Single(k => k.Word == "beagle").Path);
        Assert.Equal("animals|dog", said.Keywords.Single(k => k.Word == "dog").Path);
        Assert.Equal(($"Title {kind}", $"A dog in {kind}", 4), (said.Title, said.Description, said.Rating));
    }

    [Theory]
    [InlineData("both.jpg", "JPEG")]
    [InlineData("xmp.tif", "TIFF")]
    public void ReadDescription_XmpAndIptc_WordsOfBothAndTextsOfXmp(string file, string kind)
    {
        DescriptiveMetadata said = Read(file);

        Assert.Equal(["animals", "beagle", "dog", "garden", "猫"], Words(said));
        Assert.Equal($"A dog in {kind}", said.Description);
    }

    [Theory]
    [InlineData("iptc-utf8.jpg", "wall", "长城")]
    [InlineData("iptc-unnamed-utf8.jpg", "wall", "长城")]
    [InlineData("iptc-gb18030.jpg", "wall", "长城")]
    [InlineData("iptc-latin1.jpg", "Größe", "café")]
    public void ReadDescription_Iptc_IsReadInItsCharacterSet(string file, string first, string second)
    {
        DescriptiveMetadata said = Read(file);

        Assert.Equal([first, second], Words(said));
        Assert.Equal((file.Contains("latin", StringComparison.Ordinal) ? first : second) + "!", said.Description);
    }

    [Theory]
    [InlineData("xmp.jpg")]
    [InlineData("plain.png")]
    [InlineData("xmp.webp")]
    public void ReadHeader_ExifByPillow_TellsTimeGearPlaceAndExposure(string file)
    {
        PictureHeader header = PictureReader.ReadHeader(Golden(file), file);

        Assert.Equal(new DateTime(2019, 8, 9, 10, 11, 12, 345), header.TakenAt);
        Assert.Equal(TimeSpan.FromHours(2), header.UtcOffset);
        Assert.Equal(("NIKON CORPORATION NIKON D750", "Nikon AF-S NIKKOR 50mm f/1.8G"), (header.Camera, header.Lens));
        Assert.Equal(new Exposure(0.004, 2.8, 400, 50), header.Exposure);
        Assert.Equal((-33.8584, 151.21, 58.5), (Math.Round(header.Place!.Value.Latitude, 4), Math.Round(header.Place.Value.Longitude, 4), header.Place.Value.Altitude));
    }

    [Fact]
    public void Read_PropertiesAsAttributesAndLoneValues_AreRead()
    {
        DescriptiveMetadata said = Packet("""<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" dc:description="short"><xmp:Rating>3</xmp:Rating><dc:subject>alone</dc:subject></rdf:Description>""");

        Assert.Equal(("alone", "short", 3), (Assert.Single(said.Keywords).Word, said.Description, said.Rating));
    }

    [Fact]
    public void Read_ListsOfPrograms_GiveWordsOnceAndNoMarksOfTheProgram()
    {
        DescriptiveMetadata said = Packet("""
            <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmlns:m="http://ns.microsoft.com/photo/1.0/">
              <dc:subject><rdf:Seq><rdf:li>AC/DC</rdf:li><rdf:li>darktable</rdf:li><rdf:li>exported</rdf:li><rdf:li>Paris</rdf:li></rdf:Seq></dc:subject>
              <lr:hierarchicalSubject><rdf:Bag><rdf:li>darktable|exported</rdf:li></rdf:Bag></lr:hierarchicalSubject>
              <digiKam:TagsList><rdf:Seq><rdf:li>AC/DC</rdf:li><rdf:li>Places/France/Paris</rdf:li><rdf:li>_Digikam_Internal_Tags_/Color Label Red</rdf:li></rdf:Seq></digiKam:TagsList>
              <m:LastKeywordXMP><rdf:Bag><rdf:li>paris</rdf:li><rdf:li>tower</rdf:li></rdf:Bag></m:LastKeywordXMP>
            </rdf:Description>
            """);

        Assert.Equal(["AC/DC", "France", "Paris", "Places", "tower"], Words(said));
        Assert.Equal("Places|France|Paris", said.Keywords.Single(k => k.Word == "Paris").Path);
    }

    [Theory]
    [InlineData("zh", "中文", "en-GB", "English", "English")]
    [InlineData("zh", "中文", "x-default", "standard", "standard")]
    [InlineData("zh", "中文", "fr", "français", "中文")]
    public void Read_Languages_TheDefaultThenEnglishThenTheFirst(string a, string first, string b, string second, string expected) => Assert.Equal(
        expected,
        Packet($"""<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="{a}">{first}</rdf:li><rdf:li xml:lang="{b}">{second}</rdf:li></rdf:Alt></dc:description></rdf:Description>""").Description);

    [Theory]
    [InlineData("-1", null)]
    [InlineData("7", null)]
    [InlineData("2.6", 3)]
    [InlineData("many", null)]
    public void Read_Rating_IsStarsOrNothing(string text, int? expected) =>
        Assert.Equal(expected, Packet($"""<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{text}"/>""").Rating);

    [Fact]
    public void Read_HostilePackets_AreRefusedAtOnce()
    {
        string bomb = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>""";
        string file = """<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>""";
        string deep = string.Concat(Enumerable.Repeat("<a>", 100_000)), wide = "<a>" + string.Concat(Enumerable.Repeat("<b/>", 300_000)) + "</a>";

        foreach (string text in new[] { bomb, file, deep, wide, new string(' ', XmpDocument.LargestPacket) + "<a" + new string('x', XmpDocument.LargestPacket) + "/>", "", "<a/>", "\0\0\0" })
            Assert.Throws<XmlException>(() => XmpReader.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void ReadDescription_DamagedMetadata_SaysNothingAndStopsNothing() => Gen.Select(
        Gen.Int[0, 4].Select(i => s_files[i]), Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 40]).Sample(
        (name, changes) =>
        {
            byte[] file = Golden(name);
            foreach ((double at, byte value) in changes)
                file[(int)(at * (file.Length - 1))] = value;
            try
            {
                return PictureReader.ReadDescription(file, name).Keywords.Count < 100;
            }
            catch (PictureException)
            {
                return true; // the picture's own header was hit
            }
        }, iter: 2000);

    [Fact]
    public void ReadDescription_PackedXmpThatUnfoldsWithoutEnd_IsCut()
    {
        byte[] bomb = [.. "XML:com.adobe.xmp\0\x1\0\0\0"u8, .. Deflated("<x>" + new string('a', 100 << 20))];
        byte[] png = Hostile.Bombs.WithChunk(PictureWriter.Png(Sample.Gradient(8, 8, 1)), "iTXt", bomb);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(PictureReader.ReadDescription(png, "bomb.png").IsEmpty);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    private static byte[] Deflated(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            zlib.Write(Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }

    private static DescriptiveMetadata Packet(string inside) => XmpReader.Read(Encoding.UTF8.GetBytes(
        $"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{inside}</rdf:RDF></x:xmpmeta>"""));
}
