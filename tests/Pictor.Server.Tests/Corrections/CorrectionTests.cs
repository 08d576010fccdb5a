using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Pictor.Server.Tests.Corrections;

public sealed class CorrectionTests
{
    [Fact]
    public async Task Bulk_ByIdsAndByQuery_AnswersWhatChangedAndUndoes()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string a = await server.AddAsync(TestPictures.Png(1), "beach one.png"), b = await server.AddAsync(TestPictures.Png(2), "beach two.png"), c = await server.AddAsync(TestPictures.Png(3), "hill.png");

        JsonElement byIds = await OkAsync(await server.PostAsync("annotations/bulk", $$"""{ "ids": ["{{a}}", "{{c}}"], "add": ["summer"], "rating": 3 }"""));
        JsonElement byQuery = await OkAsync(await server.PostAsync("annotations/bulk", """{"query": {"text": "beach"}, "add": ["sea", "summer"], "favourite": true}"""));
        JsonElement byTag = await OkAsync(await server.PostAsync("annotations/bulk", """{"query": {"tag": "sea"}, "reject": ["summer"]}"""));

        JsonElement byFilter = await OkAsync(await server.PostAsync("annotations/bulk", """{"query": {"filter": "rating:>=3"}, "add": ["starred"]}"""));

        Assert.Equal([2, 2, 2, 2], new[] { byIds, byQuery, byTag, byFilter }.Select(r => r.GetProperty("changed").GetInt32()));
        Assert.Equal(1, (await server.GetAsync("images?tag=summer")).GetProperty("total").GetInt32());
        JsonElement history = await server.GetAsync($"changes?imageId={a}");
        Assert.Equal(4, history.GetProperty("total").GetInt32());
        Assert.All(history.GetProperty("items").EnumerateArray(), item => Assert.Equal("ada", item.GetProperty("person").GetString()));

        await OkAsync(await server.PostAsync($"undo/{byTag.GetProperty("undo").GetInt64()}", ""));
        await OkAsync(await server.PostAsync($"changes/{byQuery.GetProperty("undo").GetInt64()}/undo", ""));
        Assert.Equal(2, (await server.GetAsync("images?tag=summer")).GetProperty("total").GetInt32());
        Assert.False((await server.GetAsync($"images/{b}")).GetProperty("favourite").GetBoolean());
        Assert.Equal(3, (await server.GetAsync($"images/{a}")).GetProperty("rating").GetInt32());
        await TestServer.AssertProblemAsync(await server.PostAsync($"undo/{byTag.GetProperty("undo").GetInt64()}", ""), 409, "change.undone");
        await TestServer.AssertProblemAsync(await server.PostAsync("undo/999", ""), 404, "change.unknown");
    }

    [Fact]
    public async Task Single_Changes_NameTheirUndoInAHeader()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string id = await server.AddAsync(TestPictures.Png(1));

        using HttpResponseMessage added = await server.PostAsync($"images/{id}/annotations", """{"value": "beach"}""");
        using var body = new StringContent("""{"rating": 5, "favourite": true}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage rated = await server.Client.PatchAsync($"/api/v1/images/{id}", body, TestContext.Current.CancellationToken);
        using HttpResponseMessage hidden = await server.Client.DeleteAsync($"/api/v1/images/{id}", TestContext.Current.CancellationToken);

        JsonElement item = await TestServer.JsonAsync(rated);
        Assert.Equal((5, true), (item.GetProperty("rating").GetInt32(), item.GetProperty("favourite").GetBoolean()));
        Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        foreach (HttpResponseMessage change in new[] { hidden, rated, added })
            await OkAsync(await server.PostAsync($"undo/{long.Parse(change.Headers.GetValues("Pictor-Change").Single(), CultureInfo.InvariantCulture)}", ""));
        Assert.Equal(0, (await server.GetAsync($"images/{id}")).GetProperty("rating").GetInt32());
        Assert.Empty((await server.GetAsync($"images/{id}/annotations")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"add": ["x"]}""", 400, "bulk.selection")]
    [InlineData("""{"ids": [], "query": {}, "add": ["x"]}""", 400, "bulk.selection")]
    [InlineData("""{"ids": ["ffffffffffffffff"], "add": ["x"]}""", 404, "picture.unknown")]
    [InlineData("""{"ids": []}""", 400, "bulk.empty")]
    [InlineData("""{"ids": [null], "add": ["x"]}""", 400, "body.invalid-field")]
    [InlineData("""{"query": {"text": "x", "tag": "y"}, "add": ["x"]}""", 400, "query.invalid")]
    [InlineData("""{"query": {}, "rating": 9}""", 400, "rating.invalid")]
    [InlineData("""{"query": {}, "ad": ["x"]}""", 400, "body.unknown-field")]
    public async Task Bulk_WrongBody_IsAProblem(string json, int status, string code)
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        await TestServer.AssertProblemAsync(await server.PostAsync("annotations/bulk", json), status, code);
    }

    [Fact]
    public async Task Tags_RenameAndMerge_ByRest()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string a = await server.AddAsync(TestPictures.Png(1)), b = await server.AddAsync(TestPictures.Png(2));
        await OkAsync(await server.PostAsync("annotations/bulk", Adding(a, "puppy")));
        await OkAsync(await server.PostAsync("annotations/bulk", Adding(b, "小狗")));

        Assert.Equal(2, (await OkAsync(await server.PostAsync("tags/rename", """{"from": ["puppy", "小狗"], "to": "Dog"}"""))).GetProperty("changed").GetInt32());

        JsonElement tag = Assert.Single((await server.GetAsync("tags")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Dog", 2), (tag.GetProperty("value").GetString(), tag.GetProperty("count").GetInt32()));
        await TestServer.AssertProblemAsync(await server.PostAsync("tags/rename", """{"from": ["cat"], "to": "Dog"}"""), 404, "tag.unknown");
        await TestServer.AssertProblemAsync(await server.PostAsync("tags/rename", """{"to": "Dog"}"""), 400, "body.invalid-field");
    }

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return await TestServer.JsonAsync(answer);
        }
    }

    private static string Adding(string id, string tag) => JsonSerializer.Serialize(new { ids = new[] { id }, add = new[] { tag } });
}
