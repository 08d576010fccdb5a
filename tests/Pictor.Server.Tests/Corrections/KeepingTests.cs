using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Server.Tests.Corrections;

public sealed class KeepingTests
{
    [Fact]
    public async Task Collections_ByRest()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string a = await server.AddAsync(TestPictures.Png(1), "beach one.png"), b = await server.AddAsync(TestPictures.Png(2), "beach two.png"), c = await server.AddAsync(TestPictures.Png(3), "hill.png");

        using HttpResponseMessage made = await server.PostAsync("collections", JsonSerializer.Serialize(new { name = "里斯本", ids = new[] { c } }));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        long id = (await TestServer.JsonAsync(made)).GetProperty("id").GetInt64();
        await PatchAsync(server, $"collections/{id}", """{"addQuery": {"text": "beach"}}""");
        JsonElement removed = await PatchAsync(server, "collections/里斯本", JsonSerializer.Serialize(new { remove = new[] { b } }));

        string[] pictures = [.. (await server.GetAsync($"collections/{id}/images")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetString()!)];
        Assert.Equal(new[] { a, c }.Order(), pictures.Order());
        (await server.PostAsync($"undo/{removed.GetProperty("undo").GetInt64()}", "")).EnsureSuccessStatusCode();
        Assert.Equal(3, (await server.GetAsync($"collections/{id}")).GetProperty("pictures").GetInt32());
        await TestServer.AssertProblemAsync(await server.PostAsync("collections", """{"name": "里斯本"}"""), 409, "collection.exists");
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync("/api/v1/collections/none"), 404, "collection.unknown");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.DeleteAsync($"/api/v1/collections/{id}")).StatusCode);
        Assert.Equal(0, (await server.GetAsync("groups?by=event")).GetProperty("total").GetInt32());
        await TestServer.AssertProblemAsync(await server.Client.GetAsync("/api/v1/groups?by=colour"), 400, "parameter.invalid");
    }

    [Fact]
    public async Task Export_IsAZipOfWhatPeopleSaid()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string a = await server.AddAsync(TestPictures.Png(1), "one.png"), b = await server.AddAsync(TestPictures.Png(2), "two.png");
        await TestServer.AssertProblemAsync(await server.Client.GetAsync("/api/v1/export"), 400, "export.empty");
        (await server.PostAsync("annotations/bulk", Adding(a, "dog"))).EnsureSuccessStatusCode();
        (await server.PostAsync("annotations/bulk", Adding(b, "cat"))).EnsureSuccessStatusCode();

        using HttpResponseMessage answer = await server.Client.GetAsync("/api/v1/export?format=csv", TestContext.Current.CancellationToken);

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Contains(zip.Entries, e => e.FullName == "labels.csv");
        ZipArchiveEntry picture = zip.Entries.First(e => e.FullName.StartsWith("images/", StringComparison.Ordinal));
        using var bytes = new MemoryStream();
        await using (Stream from = await picture.OpenAsync(TestContext.Current.CancellationToken))
            await from.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Contains(ContentHash.IdOf(bytes.ToArray()), new[] { a, b });
        await TestServer.AssertProblemAsync(await server.Client.GetAsync("/api/v1/export?format=tar"), 400, "parameter.invalid");
    }

    [Fact]
    public async Task Content_Enhanced_IsAJpegWithATagAndTheFileStays()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        byte[] file = TestPictures.Jpeg(1);
        string id = await server.AddAsync(file, "hills.jpg");

        using HttpResponseMessage answer = await server.Client.GetAsync($"/api/v1/images/{id}/content?enhance=auto&crop=0,0,0.5,0.5", TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        Pixels pixels = PictureReader.Decode(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), "x");
        Assert.Equal((240, 160), (pixels.Width, pixels.Height));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage again = await server.SendAsync(HttpMethod.Get, $"/api/v1/images/{id}/content?enhance=whitebalance,levels,sharpen&crop=0,0,0.5,0.5", ("If-None-Match", answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(file, await server.Client.GetByteArrayAsync($"/api/v1/images/{id}/content", TestContext.Current.CancellationToken));
        await TestServer.AssertProblemAsync(await server.Client.GetAsync($"/api/v1/images/{id}/content?enhance=blur"), 400, "enhance.invalid");
    }

    [Fact]
    public async Task Models_PrepareCompareActivate_ByRest()
    {
        await using TestServer server = await TestServer.StartAsync();
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(i => server.AddAsync(TestPictures.Png(i))))];
        string other = TestPictures.WritePackage(Path.Combine(server.Folder, "other.pictor"), "other", seed: 7);
        (await server.SendAsync("models", ("file", "other.pictor", await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken)))).EnsureSuccessStatusCode();
        Assert.Equal(6, (await server.GetAsync("models/changes?to=other")).GetProperty("unread").GetInt32());

        using HttpResponseMessage accepted = await server.PostAsync("models/other/prepare", "");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        string job = (await TestServer.JsonAsync(accepted)).GetProperty("id").GetString()!;
        while ((await server.GetAsync($"jobs/{job}")).GetProperty("status").GetString() is "queued" or "running")
            await Task.Delay(20, TestContext.Current.CancellationToken);

        JsonElement changes = await server.GetAsync("models/changes?to=other");
        Assert.Equal((6, 0), (changes.GetProperty("compared").GetInt32(), changes.GetProperty("unread").GetInt32()));
        Assert.Equal("digits", Active(await server.GetAsync("models")));
        JsonElement said = (await server.GetAsync($"images/{ids[0]}/annotations")).GetProperty("items")[0];
        JsonElement alike = await server.GetAsync($"images/{ids[0]}/annotations/{said.GetProperty("id").GetInt64()}/lookalikes");
        Assert.Equal(alike.GetProperty("total").GetInt32(), (await server.GetAsync($"images/{ids[0]}/lookalikes?value={said.GetProperty("value").GetString()}")).GetProperty("total").GetInt32());
        await TestServer.AssertProblemAsync(await server.PostAsync("models/none/prepare", ""), 404, "model.unknown");

        static string Active(JsonElement list) => list.GetProperty("items").EnumerateArray().Single(m => m.GetProperty("active").GetBoolean()).GetProperty("name").GetString()!;
    }

    private static async Task<JsonElement> PatchAsync(TestServer server, string route, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await server.Client.PatchAsync("/api/v1/" + route, body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await TestServer.JsonAsync(answer);
    }

    private static string Adding(string id, string tag) => JsonSerializer.Serialize(new { ids = new[] { id }, add = new[] { tag } });
}
