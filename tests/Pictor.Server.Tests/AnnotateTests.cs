using System.Net.Http.Headers;
using System.Text.Json;
using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Server.Tests;

public sealed class AnnotateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task Annotate_MultipartFile_AnswersAsTheAnnotatorDoes()
    {
        byte[] file = TestPictures.Png(40);
        using HttpResponseMessage answer = await Server.SendAsync("annotate?top=3", ("file", "seven.png", file));
        JsonElement item = Assert.Single((await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray());

        using Annotator annotator = Annotator.Load(Path.Combine(Server.Folder, "digits.pictor"));
        PictureReading reading = annotator.Read(PictureReader.Decode(file, "seven.png"));
        IReadOnlyList<ClassPrediction> expected = annotator.Top(reading.Probabilities, 3);
        Assert.Equal("seven.png", item.GetProperty("file").GetString());
        Assert.Equal(ContentHash.IdOf(file), item.GetProperty("id").GetString());
        Assert.Equal((28, 28), (item.GetProperty("width").GetInt32(), item.GetProperty("height").GetInt32()));
        Assert.Equal(expected.Select(p => p.LabelId), item.GetProperty("predictions").EnumerateArray().Select(p => p.GetProperty("labelId").GetString()));
        Assert.Equal(expected[0].Probability, item.GetProperty("predictions")[0].GetProperty("probability").GetDouble(), 6);
        JsonElement annotation = item.GetProperty("annotations")[0];
        Assert.Equal("tag", annotation.GetProperty("kind").GetString());
        Assert.Equal("package digits@1.0.0", annotation.GetProperty("source").GetString());
        Assert.Equal(JsonValueKind.Null, annotation.GetProperty("box").ValueKind);
    }

    [Fact]
    public async Task Annotate_RawBody_IsTheSameAsMultipart()
    {
        using var content = new ByteArrayContent(TestPictures.Jpeg(9));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using HttpResponseMessage raw = await Server.Client.PostAsync("/api/v1/annotate", content);
        using HttpResponseMessage form = await Server.SendAsync("annotate", ("file", "picture", TestPictures.Jpeg(9)));
        Assert.Equal((await TestServer.JsonAsync(form)).GetRawText(), (await TestServer.JsonAsync(raw)).GetRawText());
    }

    [Fact]
    public async Task Annotate_Upload_StoresNothing()
    {
        int before = (await Server.GetAsync("images")).GetProperty("total").GetInt32();
        (await Server.SendAsync("annotate", ("file", "new.png", TestPictures.Png(77)))).EnsureSuccessStatusCode();
        Assert.Equal(before, (await Server.GetAsync("images")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Annotate_SeveralFiles_TellsEachOutcomeInOrder()
    {
        using HttpResponseMessage answer = await Server.SendAsync("annotate", ("file", "a.png", TestPictures.Png(1)), ("file", "b.txt", "hello"u8.ToArray()), ("file", "c.png", TestPictures.Png(2)));
        JsonElement[] items = [.. (await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray()];
        Assert.Equal(["a.png", "b.txt", "c.png"], items.Select(item => item.GetProperty("file").GetString()));
        Assert.Contains("b.txt", items[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.False(items[0].TryGetProperty("problem", out _));
    }

    [Fact]
    public async Task Annotate_ManyAtOnce_AllAnswerAlike()
    {
        byte[][] files = [.. Enumerable.Range(0, 4).Select(TestPictures.Png)];
        Task<HttpResponseMessage>[] calls = [.. Enumerable.Range(0, 80).Select(i => Server.SendAsync("annotate", ("file", "x.png", files[i % 4])))];
        HttpResponseMessage[] answers = await Task.WhenAll(calls);
        string[] texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        for (int i = 0; i < texts.Length; i++)
            Assert.Equal(texts[i % 4], texts[i]);
    }

    [Fact]
    public async Task Annotate_Text_Is415() =>
        await TestServer.AssertProblemAsync(await Server.SendAsync("annotate", ("file", "x.txt", "hello"u8.ToArray())), 415, "picture.unknown-format");

    [Fact]
    public async Task Annotate_CutJpeg_Is422() =>
        await TestServer.AssertProblemAsync(await Server.SendAsync("annotate", ("file", "x.jpg", TestPictures.Jpeg(1)[..300])), 422, "picture.damaged");

    [Fact]
    public async Task Annotate_TooManyPixels_Is422WithoutDecoding()
    {
        byte[] png = TestPictures.Png(1);
        // 60,000 x 60,000 by the header alone; the checksum of IHDR is made to fit.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        await TestServer.AssertProblemAsync(await Server.SendAsync("annotate", ("file", "bomb.png", png)), 422, "picture.too-many-pixels");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?top=5")]
    public async Task Annotate_EmptyBody_Is400(string query)
    {
        using var nothing = new ByteArrayContent([]);
        await TestServer.AssertProblemAsync(await Server.Client.PostAsync("/api/v1/annotate" + query, nothing), 400, "body.no-file");
    }

    [Fact]
    public async Task Annotate_WrongField_Is400AndNamesTheRightOne()
    {
        JsonElement problem = await TestServer.AssertProblemAsync(await Server.SendAsync("annotate", ("image", "a.png", TestPictures.Png(1))), 400, "body.unknown-field");
        Assert.Contains("'file'", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=missing")]
    public async Task Annotate_BrokenMultipart_Is400(string type)
    {
        using var content = new ByteArrayContent("no parts here"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await TestServer.AssertProblemAsync(await Server.Client.PostAsync("/api/v1/annotate", content), 400, "body.broken");
    }

    [Theory]
    [InlineData("top=abc")]
    [InlineData("top=0")]
    [InlineData("top=-3")]
    public async Task Annotate_WrongTop_Is400AndNamesIt(string query)
    {
        JsonElement problem = await TestServer.AssertProblemAsync(await Server.SendAsync("annotate?" + query, ("file", "a.png", TestPictures.Png(1))), 400, "parameter.invalid");
        Assert.Contains("top", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotate_WithoutModel_Is409WithTheWayOut()
    {
        await using TestServer bare = await TestServer.StartAsync(model: false);
        JsonElement problem = await TestServer.AssertProblemAsync(await bare.SendAsync("annotate", ("file", "a.png", TestPictures.Png(1))), 409, "model.none");
        Assert.Contains("models", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
