using System.Net;
using System.Text.Json;

namespace Pictor.Server.Tests;

/// <summary>Uploads, hiding, annotations: each test has a server of its own.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task Upload_ThreeOneBroken_TellsEachOutcome()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.AddAsync(TestPictures.Png(1), "first.png");
        using HttpResponseMessage answer = await server.SendAsync(
            "images", ("files", "a.png", TestPictures.Png(1)), ("files", "b.jpg", [0xff, 0xd8, .. "broken"u8]), ("files", "../../c.png", TestPictures.Png(2)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement[] items = [.. (await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray()];
        Assert.Equal(["known", "rejected", "added"], items.Select(item => item.GetProperty("status").GetString()));
        Assert.Equal(["a.png", "b.jpg", "c.png"], items.Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("id").ValueKind);
        Assert.NotEqual("", items[1].GetProperty("problem").GetString());
        Assert.Equal(2, (await server.GetAsync("images")).GetProperty("total").GetInt32());
        Assert.False(File.Exists(Path.Combine(server.Folder, "c.png")));
    }

    [Fact]
    public async Task Upload_NothingUsable_IsAProblemWithTheOutcomes()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        JsonElement text = await TestServer.AssertProblemAsync(await server.SendAsync("images", ("files", "a.txt", "hello"u8.ToArray())), 415, "picture.unknown-format");
        Assert.Equal("a.txt", text.GetProperty("items")[0].GetProperty("name").GetString());
        await TestServer.AssertProblemAsync(await server.SendAsync("images", ("files", "a.jpg", TestPictures.Jpeg(1)[..200])), 422, "picture.damaged");
        await TestServer.AssertProblemAsync(await server.SendAsync("images"), 400, "body.broken");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync("/api/v1/images", new ByteArrayContent([])), 400, "body.no-file");
    }

    [Fact]
    public async Task Upload_RawBody_IsOnePicture()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        using HttpResponseMessage answer = await server.Client.PostAsync("/api/v1/images", new ByteArrayContent(TestPictures.Jpeg(3)));
        Assert.Equal("added", (await TestServer.JsonAsync(answer)).GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Body_LongerThanAllowed_Is413ForDeclaredAndUndeclaredLength()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { MaxBodyBytes = 200_000 }, model: false);
        byte[] big = new byte[4_000_000];
        await TestServer.AssertProblemAsync(await server.SendAsync("annotate", ("file", "big.png", big)), 413, "body.too-large");
        using var chunked = new StreamContent(new MemoryStream(big));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/annotate") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        await TestServer.AssertProblemAsync(await server.Client.SendAsync(request), 413, "body.too-large");
        using var longJson = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recommendations") { Content = new StreamContent(new MemoryStream([.. Enumerable.Repeat((byte)' ', 3_000_000)])) };
        longJson.Content.Headers.ContentType = new("application/json");
        longJson.Headers.TransferEncodingChunked = true;
        await TestServer.AssertProblemAsync(await server.Client.SendAsync(longJson), 413, "body.too-large");
        await TestServer.AssertProblemAsync(await server.SendAsync("images", ("files", "big.png", big[..300_000])), 413, "body.too-large");
        using HttpResponseMessage mixed = await server.SendAsync("images", ("files", "big.png", big[..300_000]), ("files", "a.png", TestPictures.Png(1)));
        Assert.Equal(["rejected", "added"], (await TestServer.JsonAsync(mixed)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Hide_Picture_TakesItAwayUntilRestored()
    {
        await using TestServer server = await TestServer.StartAsync();
        string id = await server.AddAsync(TestPictures.Png(1));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/v1/images/{id}")).StatusCode);
        await TestServer.AssertProblemAsync(await server.Client.GetAsync($"/api/v1/images/{id}"), 404, "picture.unknown");
        Assert.Equal(0, (await server.GetAsync("images")).GetProperty("total").GetInt32());
        using HttpResponseMessage restored = await server.Client.PostAsync($"/api/v1/images/{id}/restore", null);
        Assert.Equal(id, (await TestServer.JsonAsync(restored)).GetProperty("id").GetString());
        Assert.Equal(1, (await server.GetAsync("images")).GetProperty("total").GetInt32());
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync("/api/v1/images/ffffffffffffffff"), 404, "picture.unknown");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync("/api/v1/images/ffffffffffffffff/restore", null), 404, "picture.unknown");
    }

    [Fact]
    public async Task Annotation_AddRejectUndo_OutlivesARestart()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName;
        try
        {
            string id, value;
            await using (TestServer server = await TestServer.StartAsync(folder: folder))
            {
                id = await server.AddAsync(TestPictures.Png(1));
                JsonElement model = (await server.GetAsync($"images/{id}/annotations")).GetProperty("items")[0];
                value = model.GetProperty("value").GetString()!;
                using HttpResponseMessage added = await server.PostAsync($"images/{id}/annotations", """{"value": "手写 digit"}""");
                Assert.Equal(HttpStatusCode.Created, added.StatusCode);
                Assert.Equal("person ada", (await TestServer.JsonAsync(added)).GetProperty("source").GetString());
                Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/v1/images/{id}/annotations/{model.GetProperty("id").GetInt64()}")).StatusCode);
            }

            await using (TestServer server = await TestServer.StartAsync(folder: folder))
            {
                JsonElement[] items = [.. (await server.GetAsync($"images/{id}/annotations")).GetProperty("items").EnumerateArray()];
                Assert.True(items.Single(item => item.GetProperty("value").GetString() == value).GetProperty("rejected").GetBoolean());
                Assert.Contains(items, item => item.GetProperty("value").GetString() == "手写 digit");
                (await server.PostAsync($"images/{id}/annotations", JsonSerializer.Serialize(new { kind = "tag", value }))).EnsureSuccessStatusCode();
                Assert.Contains((await server.GetAsync($"images/{id}/annotations")).GetProperty("items").EnumerateArray(), item => item.GetProperty("value").GetString() == value && !item.GetProperty("rejected").GetBoolean());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("""{}""", "body.invalid-field", "value")]
    [InlineData("""{"value": "  "}""", "body.invalid-field", "value")]
    [InlineData("""{"value": 7}""", "body.invalid-field", "value")]
    [InlineData("""{"value": "x", "kind": "smell"}""", "body.invalid-field", "kind")]
    [InlineData("""{"valeu": "x"}""", "body.unknown-field", "valeu")]
    [InlineData("""{"value": "x", "kind": "box"}""", "body.invalid-field", "box")]
    [InlineData("""{"value": "x", "kind": "box", "box": {"x": 0.9, "y": 0, "width": 0.5, "height": 1}}""", "body.invalid-field", "box")]
    [InlineData("""["x"]""", "body.invalid", "object")]
    [InlineData("""null""", "body.invalid", "object")]
    [InlineData("""{"value": "x""", "body.not-json", "line 1")]
    public async Task Annotation_WrongBody_Is400AndNamesTheField(string json, string code, string named)
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string id = await server.AddAsync(TestPictures.Png(1));
        JsonElement problem = await TestServer.AssertProblemAsync(await server.PostAsync($"images/{id}/annotations", json), 400, code);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotation_UnknownOrNotJson_Is404Or415()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string id = await server.AddAsync(TestPictures.Png(1));
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync($"/api/v1/images/{id}/annotations/999"), 404, "annotation.unknown");
        await TestServer.AssertProblemAsync(await server.PostAsync("images/ffffffffffffffff/annotations", """{"value": "x"}"""), 404, "picture.unknown");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync($"/api/v1/images/{id}/annotations", new StringContent("value=x")), 415, "body.type");
    }
}
