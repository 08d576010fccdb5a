using System.Net;
using System.Text.RegularExpressions;

namespace Pictor.Server.Tests;

/// <summary>The page as the server renders it, without a browser.</summary>
public sealed partial class PageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task Grid_Library_ShowsEveryPictureTagAndNoForeignAddress()
    {
        string html = await GetAsync("/");
        Assert.All(shared.Ids, id => Assert.Contains($"/pictures/{id}", html, StringComparison.Ordinal));
        Assert.Contains("8 pictures", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href|action)=\"(https?:)?//", html);
        Assert.DoesNotMatch(" style=\"| on[a-z]+=\"", html);
    }

    [Fact]
    public async Task Grid_WordsTagAndSimilar_AreAddresses()
    {
        Assert.Contains(shared.Ids[7], await GetAsync("/?q=tower"), StringComparison.Ordinal);
        Assert.Contains("Nothing fits", await GetAsync("/?q=xylophone"), StringComparison.Ordinal);
        Assert.Contains("Nothing fits", await GetAsync("/?tag=%3Cscript%3E"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await GetAsync("/?tag=%3Cscript%3E"), StringComparison.Ordinal);
        string similar = await GetAsync($"/?similar={shared.Ids[0]}");
        Assert.Equal(shared.Ids.Count - 1, TileLinks().Count(similar));
    }

    [Theory]
    [InlineData("13", 13)]
    [InlineData("1", 12)]
    [InlineData("many", 14)]
    public async Task Grid_ForAScriptThatLaysOutTheRest_DrawsWhatFitsOnItsScreen(string asked, int drawn)
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        for (int i = 0; i < 14; i++)
            await server.AddAsync(TestPictures.Png(i), $"{i}.png");
        using HttpResponseMessage answer = await server.SendAsync(HttpMethod.Get, "/", ("X-Tiles", asked));
        Assert.Equal(drawn, TileLinks().Count(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Grid_AsAPart_HasNothingAroundIt_AndTheThumbnailsThatAreKept()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string photo = await server.AddAsync(TestPictures.Jpeg(1), "photo.jpg");
        string unread = await server.AddAsync(TestPictures.Jpeg(2, 120, 90), "unread.jpg"); // too small for a thumbnail before someone asks for it
        string digit = await server.AddAsync(TestPictures.Png(3), "digit.png");
        using HttpResponseMessage answer = await server.SendAsync(HttpMethod.Get, "/", ("X-Tiles", "12"), ("X-Thumbnails", "256"));
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("X-Tiles", answer.Headers.Vary.Single(name => name.StartsWith("X-", StringComparison.Ordinal)), StringComparison.Ordinal);
        string[] around = ["<aside", "<script", "<header", "<svg hidden"];
        Assert.All(around, part => Assert.DoesNotContain(part, html, StringComparison.Ordinal));
        Assert.Equal(3, TileLinks().Count(html));
        Assert.Contains($"src=\"data:image/jpeg;base64,{await EncodedAsync(photo, "thumbnail?size=256")}\"", html, StringComparison.Ordinal);
        Assert.Contains($"src=\"data:image/png;base64,{await EncodedAsync(digit, "content")}\"", html, StringComparison.Ordinal);
        Assert.Contains($"src=\"/api/v1/images/{unread}/thumbnail?size=256\"", html, StringComparison.Ordinal);

        using HttpResponseMessage whole = await server.SendAsync(HttpMethod.Get, "/", ("X-Thumbnails", "256"));
        string page = await whole.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(around, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("base64", page, StringComparison.Ordinal);

        async Task<string> EncodedAsync(string id, string what)
        {
            using HttpResponseMessage picture = await server.SendAsync(HttpMethod.Get, $"/api/v1/images/{id}/{what}");
            return System.Text.Encodings.Web.HtmlEncoder.Default.Encode(Convert.ToBase64String(await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task Outline_OfEveryView_HasTheOrderOfItsPages()
    {
        foreach (string view in (string[])["", "q=tower", "tag=one", $"similar={shared.Ids[0]}"])
        {
            System.Text.Json.JsonElement outline = await Server.GetAsync("images/outline?" + view);
            string ids = outline.GetProperty("ids").GetString()!;
            int total = outline.GetProperty("total").GetInt32();
            Assert.Equal((16 * total, total, total), (ids.Length, outline.GetProperty("widths").GetArrayLength(), outline.GetProperty("heights").GetArrayLength()));
            Assert.Equal(TileLinks().Matches(await GetAsync("/?" + view)).Select(match => match.Groups["id"].Value), ids.Chunk(16).Select(id => new string(id)));
            Assert.Equal(view.StartsWith("tag", StringComparison.Ordinal) || view.Length == 0, outline.GetProperty("scores").ValueKind == System.Text.Json.JsonValueKind.Null);
        }

        using HttpResponseMessage unknown = await Server.SendAsync(HttpMethod.Get, "/api/v1/images/outline?similar=ffffffffffffffff");
        await TestServer.AssertProblemAsync(unknown, 404, "picture.unknown");
        System.Text.Json.JsonElement some = await Server.GetAsync($"images?ids={shared.Ids[3]},ffffffffffffffff,{shared.Ids[1]}");
        Assert.Equal([shared.Ids[3], shared.Ids[1]], some.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Grid_Filters_AreChipsThatTakeThemselvesAway()
    {
        string html = await GetAsync("/?q=" + Uri.EscapeDataString("hills tag:\"one two\" -colour:red"));
        Assert.Contains($"href=\"/?q={Uri.EscapeDataString("hills -colour:red")}\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/?q={Uri.EscapeDataString("hills tag:\"one two\"")}\"", html, StringComparison.Ordinal);
        Assert.Matches("class=\"chip\" href=\"/\"", await GetAsync("/?tag=one"));
        Assert.DoesNotContain("class=\"chip\"", await GetAsync("/?q=digit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_Picture_ShowsTagsSourcesAndSimilar()
    {
        string html = await GetAsync($"/pictures/{shared.Ids[0]}");
        Assert.Contains("digits@1.0.0", html, StringComparison.Ordinal);
        Assert.Contains("<meter", html, StringComparison.Ordinal);
        Assert.Contains("28 × 28", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("href=\"/?q=%22square%22\">square</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"silent-model\"", await GetAsync("/"), StringComparison.Ordinal);
        Assert.True(TileLinks().Count(html) >= 5);
    }

    [Fact]
    public async Task Recommend_FromTheAddress_LeavesTheExamplesOut()
    {
        string html = await GetAsync($"/recommend?like={shared.Ids[0]},{shared.Ids[2]}&dislike={shared.Ids[6]}");
        string[] shown = [.. TileLinks().Matches(html).Select(match => match.Groups["id"].Value)];
        Assert.NotEmpty(shown);
        Assert.Empty(shown.Intersect([shared.Ids[0], shared.Ids[2], shared.Ids[6]]));
        Assert.Contains("thumbs", await GetAsync("/recommend"), StringComparison.Ordinal);
        Assert.Contains("thumbs", await GetAsync("/recommend?like=ffffffffffffffff"), StringComparison.Ordinal);
        await GetAsync($"/recommend?dislike={shared.Ids[6]}");
    }

    [Fact]
    public async Task Chinese_Tags_AreCalledByTheirChineseNamesAndKeepTheirAddress()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string id = await server.AddAsync(TestPictures.Png(1));
        foreach (string tag in (string[])["dog", "my own word"])
            Assert.True((await server.PostAsync($"images/{id}/annotations", $$"""{ "kind": "tag", "value": "{{tag}}" }""")).IsSuccessStatusCode);

        foreach (string page in (string[])["/", $"/pictures/{id}", "/?tag=dog"])
        {
            string chinese = await PageAsync(page + (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=zh"), english = await PageAsync(page + (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en");
            Assert.Matches("href=\"/\\?tag=dog\"[^>]*>狗", chinese);
            Assert.Matches("href=\"/\\?tag=my%20own%20word\"[^>]*>my own word", chinese);
            Assert.Matches("href=\"/\\?tag=dog\"[^>]*>dog", english);
        }

        async Task<string> PageAsync(string path)
        {
            using HttpResponseMessage answer = await server.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Duplicates_Page_GroupsCopiesAndNamesTheBest()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        Imaging.Pixels scene = TestPictures.Scene(5, 640, 480);
        string best = await server.AddAsync(Imaging.PictureWriter.Jpeg(scene), "large.jpg"), small = await server.AddAsync(Imaging.PictureWriter.Jpeg(Imaging.Resizer.Fit(scene, 320)), "small.jpg");
        await server.AddAsync(TestPictures.Jpeg(9), "other.jpg");
        string before = await server.Client.GetStringAsync("/duplicates");
        Assert.Contains("Not looked for yet", before, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"not-current\"", before, StringComparison.Ordinal);
        using HttpResponseMessage job = await server.PostAsync("duplicates", "{}");
        string at = job.Headers.Location!.OriginalString["/api/v1/".Length..];
        while ((await server.GetAsync(at)).GetProperty("status").GetString() is "queued" or "running")
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Contains("No duplicates found", await server.Client.GetStringAsync("/duplicates?tier=same-bytes"), StringComparison.Ordinal);
        string html = await server.Client.GetStringAsync("/duplicates?tier=copy");
        Assert.Matches($"class=\"best\"[\\s\\S]*{best}", html);
        Assert.Contains($"data-hide-others=\"{small}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("other.jpg", html, StringComparison.Ordinal);
        using HttpResponseMessage wrong = await server.SendAsync(HttpMethod.Get, "/duplicates?tier=none", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Models_Page_ListsTheActiveOne() => Assert.Matches("digits[\\s\\S]*Active", await GetAsync("/models"));

    [Theory]
    [InlineData("/?lang=zh", null, null, "zh-Hans")]
    [InlineData("/", "zh-CN,zh;q=0.9,en;q=0.8", null, "zh-Hans")]
    [InlineData("/", "de, en;q=0.5, zh;q=0.3", null, "en")]
    [InlineData("/", "zh", "pictor-language=en", "en")]
    [InlineData("/?lang=en", "zh", "pictor-language=zh", "en")]
    [InlineData("/?lang=xx", null, null, "en")]
    public async Task Language_ByAddressThenCookieThenBrowser(string path, string? accept, string? cookie, string expected)
    {
        var headers = new List<(string, string)> { ("Accept", "text/html") };
        if (accept is not null)
            headers.Add(("Accept-Language", accept));
        if (cookie is not null)
            headers.Add(("Cookie", cookie));
        using HttpResponseMessage answer = await Server.SendAsync(HttpMethod.Get, path, [.. headers]);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{expected}\"", html, StringComparison.Ordinal);
        Assert.Contains(expected == "en" ? "Add pictures" : "添加图片", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/pictures/ffffffffffffffff")]
    [InlineData("/no-such-page")]
    public async Task Address_Unknown_IsAPageForPeopleAndAProblemForPrograms(string path)
    {
        using HttpResponseMessage page = await Server.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Not found", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage problem = await Server.SendAsync(HttpMethod.Get, path);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Empty_Library_TellsWhatToDo()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string html = await server.Client.GetStringAsync("/");
        Assert.Contains("pictor index", html, StringComparison.Ordinal);
        Assert.Contains("pictor models add", html, StringComparison.Ordinal);
        string id = await server.AddAsync(TestPictures.Png(1));
        Assert.Contains("No model yet", await server.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("need a model", await server.Client.GetStringAsync($"/pictures/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_AllThatThePageNames_AreThereAndCached()
    {
        string html = await GetAsync("/");
        string[] assets = [.. AssetLinks().Matches(html).Select(match => match.Value).Distinct()];
        string main = Assert.Single(assets, asset => asset.EndsWith("/pictor.js", StringComparison.Ordinal)), folder = main[..^"pictor.js".Length];
        Assert.Contains(folder + "pictor.css", assets);
        string script = await Server.Client.GetStringAsync(main);
        foreach (string asset in assets.Concat(Imports().Matches(script).Select(match => folder + match.Groups["name"].Value)))
        {
            using HttpResponseMessage answer = await Server.Client.GetAsync(asset);
            Assert.True(answer.IsSuccessStatusCode, asset);
            Assert.Equal(asset.StartsWith(folder, StringComparison.Ordinal), answer.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal));
            using HttpResponseMessage again = await Server.SendAsync(HttpMethod.Get, asset, ("If-None-Match", answer.Headers.ETag!.Tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task SearchByPicture_Form_ShowsTheLikesOfAPictureFromOutside()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png(90)), "file", "new.png" } };
        using HttpResponseMessage answer = await Server.Client.PostAsync("/search", form);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("data:image/jpeg;base64,", html, StringComparison.Ordinal);
        Assert.NotEmpty(TileLinks().Matches(html));
        using var known = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png(0)), "file", "known.png" } };
        using HttpResponseMessage redirect = await Server.Client.PostAsync("/search", known);
        Assert.Equal((HttpStatusCode.SeeOther, $"/?similar={shared.Ids[0]}"), (redirect.StatusCode, redirect.Headers.Location?.OriginalString));
    }

    private async Task<string> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Server.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));
        string html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {html}");
        return html;
    }

    [GeneratedRegex("class=\"open\" href=\"/pictures/(?<id>[0-9a-f]{16})[?\"]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TileLinks();

    [GeneratedRegex("/assets/([0-9a-f]{12}/)?[a-z]+\\.[a-z]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AssetLinks();

    [GeneratedRegex("import '\\./(?<name>[a-z]+\\.js)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Imports();
}
