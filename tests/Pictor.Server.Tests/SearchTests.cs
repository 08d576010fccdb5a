using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pictor.Server.Tests;

public sealed class SearchTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task Search_ByText_FindsByNameWithReasons()
    {
        using HttpResponseMessage answer = await Server.PostAsync("search", """{"text": "tower"}""");
        JsonElement page = await TestServer.JsonAsync(answer);
        JsonElement hit = page.GetProperty("items")[0];
        Assert.Equal(shared.Ids[7], hit.GetProperty("id").GetString());
        Assert.InRange(hit.GetProperty("score").GetDouble(), 0, 1);
        Assert.NotEmpty(hit.GetProperty("reasons").EnumerateArray());
        Assert.True(page.TryGetProperty("total", out _));
        Assert.True(page.TryGetProperty("nextCursor", out _));
        Assert.True(page.TryGetProperty("weaker", out _));
    }

    [Fact]
    public async Task Search_ForNothingThere_IsHonestlyEmpty()
    {
        using HttpResponseMessage answer = await Server.PostAsync("search", """{"text": "xylophone"}""");
        Assert.Empty((await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Search_ByFileOfTheLibrary_FindsItFirst()
    {
        using HttpResponseMessage answer = await Server.SendAsync("search", ("file", "again.png", TestPictures.Png(4)));
        JsonElement items = (await TestServer.JsonAsync(answer)).GetProperty("items");
        Assert.Equal(shared.Ids[4], items[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Search_ByFileWithQuery_TakesTheQuerysLimit()
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(TestPictures.Png(4)), "file", "a.png");
        var query = new StringContent("""{"limit": 1}""", Encoding.UTF8);
        query.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        form.Add(query, "query");
        using HttpResponseMessage answer = await Server.Client.PostAsync("/api/v1/search", form);
        Assert.Single((await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Search_ByImageId_LeavesNoUnknownId()
    {
        using HttpResponseMessage answer = await Server.PostAsync("search", $$"""{"imageId": "{{shared.Ids[0]}}", "limit": 3}""");
        Assert.True(answer.IsSuccessStatusCode);
        await TestServer.AssertProblemAsync(await Server.PostAsync("search", """{"imageId": "ffffffffffffffff"}"""), 404, "picture.unknown");
    }

    [Theory]
    [InlineData("{}", 400, "query.empty")]
    [InlineData("""{"text": "   "}""", 400, "query.empty")]
    [InlineData("""{"text": ["a"]}""", 400, "body.invalid-field")]
    [InlineData("""{"text": "a", "limit": "many"}""", 400, "body.invalid-field")]
    [InlineData("""{"text": "a", "limit": 0}""", 400, "parameter.invalid")]
    [InlineData("""{"txt": "a"}""", 400, "body.unknown-field")]
    [InlineData("""{"text": "a", "cursor": "rubbish"}""", 400, "cursor.invalid")]
    [InlineData("hello", 400, "body.not-json")]
    [InlineData("""{"text": "a tga:b"}""", 400, "search.filter")]
    [InlineData("""{"filter": "date:soon"}""", 400, "search.filter")]
    [InlineData("""{"filter": "tower"}""", 400, "search.filter")]
    [InlineData("""{"text": "a", "sort": "best"}""", 400, "parameter.invalid")]
    [InlineData("""{"text": "a", "region": {"x": 0, "y": 0, "width": 1, "height": 1}}""", 400, "query.invalid")]
    [InlineData("""{"like": ["ffffffffffffffff"]}""", 404, "picture.unknown")]
    public async Task Search_WrongBody_IsAProblem(string json, int status, string code) =>
        await TestServer.AssertProblemAsync(await Server.PostAsync("search", json), status, code);

    [Fact]
    public async Task Search_ByFilterRegionAndExamples_AnswersInOneShape()
    {
        JsonElement filtered = await TestServer.JsonAsync(await Server.PostAsync("search", """{"filter": "format:png -name:tower", "sort": "name", "limit": 3}"""));
        Assert.Equal(3, filtered.GetProperty("items").GetArrayLength());
        Assert.Equal("filter", filtered.GetProperty("items")[0].GetProperty("reasons")[0].GetProperty("kind").GetString());
        JsonElement next = await TestServer.JsonAsync(await Server.PostAsync("search", $$"""{"filter": "format:png -name:tower", "sort": "name", "limit": 3, "cursor": "{{filtered.GetProperty("nextCursor").GetString()}}"}"""));
        Assert.Empty(Ids(filtered).Intersect(Ids(next)));

        JsonElement part = await TestServer.JsonAsync(await Server.PostAsync("search", $$"""{"imageId": "{{shared.Ids[0]}}", "region": {"x": 0.1, "y": 0.1, "width": 0.8, "height": 0.8}, "limit": 2}"""));
        Assert.Equal(2, part.GetProperty("items").GetArrayLength());
        JsonElement liked = await TestServer.JsonAsync(await Server.PostAsync("search", $$"""{"like": ["{{shared.Ids[0]}}"], "dislike": ["{{shared.Ids[1]}}"], "filter": "format:png", "limit": 2}"""));
        Assert.Equal("like", liked.GetProperty("items")[0].GetProperty("reasons")[0].GetProperty("kind").GetString());
        Assert.DoesNotContain(shared.Ids[0], Ids(liked));

        JsonElement listed = JsonDocument.Parse(await Server.Client.GetStringAsync("/api/v1/images?filter=name:tower&sort=oldest")).RootElement;
        Assert.Equal([shared.Ids[7]], Ids(listed));
        using HttpResponseMessage wrong = await Server.Client.GetAsync("/api/v1/images?filter=nmae:tower");
        JsonElement problem = await TestServer.AssertProblemAsync(wrong, 400, "search.filter");
        Assert.Contains("Did you mean 'name:'", problem.ToString(), StringComparison.Ordinal);

        static string[] Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
    }

    [Fact]
    public async Task Duplicates_LookedForAsAJob_AreListedByTier()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        using HttpResponseMessage accepted = await server.Client.PostAsync("/api/v1/duplicates", null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, accepted.StatusCode);
        JsonElement page;
        do
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            page = JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/duplicates?tier=copy")).RootElement;
        }
        while (!page.GetProperty("current").GetBoolean());
        Assert.Equal(0, page.GetProperty("total").GetInt32());
        using HttpResponseMessage wrong = await server.Client.GetAsync("/api/v1/duplicates?tier=copies");
        await TestServer.AssertProblemAsync(wrong, 400, "duplicates.tier");
    }

    [Fact]
    public async Task Search_MisspeltField_SuggestsTheRightOne()
    {
        JsonElement problem = await TestServer.AssertProblemAsync(await Server.PostAsync("search", """{"imageID2": "a"}"""), 400, "body.unknown-field");
        Assert.Contains("'imageId'", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ByBrokenFile_IsAProblem()
    {
        await TestServer.AssertProblemAsync(await Server.SendAsync("search", ("file", "a.txt", "hello"u8.ToArray())), 415, "picture.unknown-format");
        await TestServer.AssertProblemAsync(await Server.SendAsync("search", ("photo", "a.png", TestPictures.Png(1))), 400, "body.unknown-field");
        await TestServer.AssertProblemAsync(await Server.SendAsync("search?x=1", ("query", "q.json", "{\"limit\": "u8.ToArray())), 400, "body.not-json");
    }

    [Fact]
    public async Task Recommend_FromExamples_LeavesThemOut()
    {
        using HttpResponseMessage answer = await Server.PostAsync("recommendations", $$"""{"like": ["{{shared.Ids[0]}}", "{{shared.Ids[2]}}"], "dislike": ["{{shared.Ids[6]}}"], "limit": 4}""");
        JsonElement[] items = [.. (await TestServer.JsonAsync(answer)).GetProperty("items").EnumerateArray()];
        Assert.Equal(4, items.Length);
        Assert.Empty(items.Select(item => item.GetProperty("id").GetString()!).Intersect([shared.Ids[0], shared.Ids[2], shared.Ids[6]]));
        Assert.All(items, item => Assert.NotEmpty(item.GetProperty("reasons").EnumerateArray()));
    }

    [Theory]
    [InlineData("""{"like": "x"}""", 400, "body.invalid-field")]
    [InlineData("""{"like": []}""", 400, "body.invalid-field")]
    [InlineData("{}", 400, "body.invalid-field")]
    [InlineData("""{"like": [null]}""", 404, "picture.unknown")]
    [InlineData("""{"like": ["ffffffffffffffff"]}""", 404, "picture.unknown")]
    [InlineData("""{"like": ["a"], "limit": -1}""", 404, "picture.unknown")]
    public async Task Recommend_WrongBody_IsAProblem(string json, int status, string code) =>
        await TestServer.AssertProblemAsync(await Server.PostAsync("recommendations", json), status, code);
}
