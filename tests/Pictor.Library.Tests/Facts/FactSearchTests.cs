using System.Text;
using Pictor.Imaging;
using Pictor.Library.Facts;

namespace Pictor.Library.Tests.Facts;

public sealed class FactSearchTests
{
    [Theory]
    [InlineData("2023")]
    [InlineData("2023年")]
    [InlineData("2023-07")]
    [InlineData("2023年7月")]
    [InlineData("july")]
    [InlineData("七月")]
    [InlineData("summer")]
    [InlineData("夏天")]
    [InlineData("evening")]
    [InlineData("晚上")]
    [InlineData("canon")]
    [InlineData("eos 5d")]
    [InlineData("red")]
    [InlineData("红色")]
    [InlineData("landscape format")]
    [InlineData("横幅")]
    [InlineData("summer red canon")]
    public async Task Find_WordOfAFact_FindsThePictureWithoutAModel(string word)
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("x.jpg", Photo("2023:07:04 19:00:00"))).Id!;
        await library.AddAsync("y.png", Place.Png(1));

        Hit hit = Assert.Single((await library.FindAsync(new PictureQuery(word, null))).Items);

        Assert.Equal(id, hit.Id);
        Assert.All(hit.Reasons, r => Assert.Equal("fact", r.Kind));
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("2023-08")]
    [InlineData("winter")]
    [InlineData("nikon")]
    [InlineData("eos 50d")]
    [InlineData("blue")]
    [InlineData("有位置")]
    [InlineData("summer -红色")]
    public async Task Find_FactThatDoesNotHold_FindsNothing(string word)
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        await library.AddAsync("x.jpg", Photo("2023:07:04 19:00:00"));

        Assert.Empty((await library.FindAsync(new PictureQuery(word, null))).Items);
    }

    [Fact]
    public async Task Facts_StandApartFromTags_AndARejectionOutlivesReRuns()
    {
        using var place = new Place();
        Directory.CreateDirectory(place.Pictures);
        await File.WriteAllBytesAsync(place[place.Pictures, "a.jpg"], Photo("2023:07:04 19:00:00"), TestContext.Current.CancellationToken);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items[0].Id;

        Assert.Equal("2023", library.Facts(id)[0].English);
        Assert.Equal("Canon EOS 5D", library.Facts(id)[^1].English);
        Assert.DoesNotContain(library.Annotations(id), a => a.Value is "summer" or "red");
        Assert.DoesNotContain(library.Summarize().Tags, t => t.Value is "summer" or "red");

        Assert.True(await library.RejectTagAsync(id, "红色", "ann"));
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        Assert.True(Assert.Single(library.Facts(id), f => f.Fact == "red").Rejected);
        Assert.Empty((await library.FindAsync(new PictureQuery("red", null))).Items);
        Assert.Empty((await library.FindAsync(new PictureQuery("红", null))).Items);
        Assert.Single((await library.FindAsync(new PictureQuery("summer", null))).Items);
        Assert.DoesNotContain(library.Annotations(id), a => a.Value == "红色");

        // A person who says it after all is right.
        await library.AnnotateAsync(id, AnnotationKind.Tag, "red", null, "ann");
        Assert.False(Assert.Single(library.Facts(id), f => f.Fact == "red").Rejected);
        Assert.Empty(library.Facts("0000000000000000"));
    }

    [Fact]
    public void Words_OfFacts_AreCompleteAndMeanOneThing()
    {
        Assert.All(FactWords.Words.Concepts, c => Assert.True(c.Chinese.Any(ch => ch >= 0x2E80), c.Id));
        var shared = FactWords.Words.Concepts.SelectMany(c => new[] { c.English, c.Chinese }.Concat(c.Synonyms).Select(w => (Word: w.ToLowerInvariant(), c.Id)))
            .GroupBy(p => p.Word, p => p.Id).Where(g => g.Distinct().Count() > 1).Select(g => g.Key);
        Assert.Equal(["晚上"], shared); // it begins in the evening and ends at night
        foreach ((string word, string fact) in new[] { ("b&w", "black-and-white"), ("monochrome", "black-and-white"), ("黑白", "black-and-white"), ("夜晚", "night"), ("gray", "grey"), ("截屏", "screenshot"), ("fall", "autumn") })
            Assert.Equal([fact], Assert.Single(FactWords.Of(word)));
        Assert.Empty(FactWords.Of("12345"));
    }

    /// <summary>A red JPEG, 60 x 40, with EXIF of a Canon.</summary>
    internal static byte[] Photo(string taken)
    {
        var data = new byte[60 * 40 * 3];
        var random = new Random(1);
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(random.Next(20) + (i % 3 == 0 ? 190 : 20));
        byte[] jpeg = PictureWriter.Jpeg(new Pixels(60, 40, 3, data), 95);

        // One directory of three texts: maker, model, time.
        string[] texts = ["Canon\0", "Canon EOS 5D\0", taken + "\0"];
        ushort[] tags = [0x010F, 0x0110, 0x0132];
        using var block = new MemoryStream();
        using var writer = new BinaryWriter(block);
        writer.Write("II*\0"u8);
        writer.Write(8u);
        writer.Write((ushort)texts.Length);
        uint at = 8 + 2 + (12u * (uint)texts.Length) + 4;
        for (int i = 0; i < texts.Length; i++)
        {
            writer.Write(tags[i]);
            writer.Write((ushort)2);
            writer.Write((uint)texts[i].Length);
            writer.Write(at);
            at += (uint)texts[i].Length;
        }

        writer.Write(0u);
        writer.Write(Encoding.ASCII.GetBytes(string.Concat(texts)));
        byte[] exif = [.. "Exif\0\0"u8, .. block.ToArray()];
        int length = exif.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }
}
