using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Server.Tests;

public sealed class ImageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task List_ByCursor_VisitsEachPictureOnce()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            JsonElement page = await Server.GetAsync("images?limit=3" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            Assert.Equal(shared.Ids.Count, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(shared.Ids.Order(), seen.Order());
    }

    [Fact]
    public async Task List_ByTagAndByWords_FindsWhatCarriesThem()
    {
        string tag = (await Server.GetAsync($"images/{shared.Ids[0]}/annotations")).GetProperty("items")[0].GetProperty("value").GetString()!;
        JsonElement tagged = await Server.GetAsync($"images?tag={tag}");
        Assert.Contains(shared.Ids[0], tagged.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        JsonElement named = await Server.GetAsync("images?q=tower");
        Assert.Equal(shared.Ids[7], named.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(0, (await Server.GetAsync("images?tag=nowhere")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("limit=x", "parameter.invalid")]
    [InlineData("limit=0", "parameter.invalid")]
    [InlineData("cursor=rubbish", "cursor.invalid")]
    [InlineData("q=a&tag=b", "parameter.invalid")]
    public async Task List_WrongParameter_Is400(string query, string code) =>
        await TestServer.AssertProblemAsync(await Server.Client.GetAsync("/api/v1/images?" + query), 400, code);

    [Fact]
    public async Task Get_Picture_HasTheDocumentedShape()
    {
        JsonElement item = await Server.GetAsync($"images/{shared.Ids[6]}");
        Assert.Equal(
            ["id", "file", "files", "width", "height", "bytes", "format", "takenAt", "addedAt", "missing", "favourite", "rating"],
            item.EnumerateObject().Select(property => property.Name));
        Assert.Equal((480, 320), (item.GetProperty("width").GetInt32(), item.GetProperty("height").GetInt32()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/content")]
    [InlineData("/thumbnail")]
    [InlineData("/annotations")]
    [InlineData("/similar")]
    public async Task Get_UnknownPicture_Is404(string part)
    {
        await TestServer.AssertProblemAsync(await Server.Client.GetAsync("/api/v1/images/ffffffffffffffff" + part), 404, "picture.unknown");
        await TestServer.AssertProblemAsync(await Server.Client.GetAsync("/api/v1/images/..%2F..%2Fetc" + part), 404, "picture.unknown");
    }

    [Fact]
    public async Task Content_Whole_IsTheFileItself()
    {
        using HttpResponseMessage answer = await Server.Client.GetAsync($"/api/v1/images/{shared.Ids[6]}/content");
        Assert.Equal(TestPictures.Jpeg(1), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"\"{shared.Ids[6]}\"", answer.Headers.ETag?.Tag);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_Range_IsThatPart()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/images/{shared.Ids[6]}/content");
        request.Headers.Range = new RangeHeaderValue(10, 19);
        using HttpResponseMessage answer = await Server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(TestPictures.Jpeg(1)[10..20], await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("content", "")]
    [InlineData("thumbnail?size=256", "-256")]
    [InlineData("thumbnail?size=200", "-256")]
    public async Task Bytes_KnownToTheClient_Are304(string part, string suffix)
    {
        using HttpResponseMessage answer = await Server.SendAsync(HttpMethod.Get, $"/api/v1/images/{shared.Ids[6]}/{part}", ("If-None-Match", $"\"{shared.Ids[6]}{suffix}\""));
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal($"\"{shared.Ids[6]}{suffix}\"", answer.Headers.ETag?.Tag);
        using HttpResponseMessage other = await Server.SendAsync(HttpMethod.Get, $"/api/v1/images/{shared.Ids[6]}/{part}", ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Thumbnail_OfAsize_IsAJpegThatFits()
    {
        byte[] bytes = await Server.Client.GetByteArrayAsync($"/api/v1/images/{shared.Ids[6]}/thumbnail?size=128");
        PictureHeader header = PictureReader.ReadHeader(bytes, "thumbnail");
        Assert.Equal((PictureFormat.Jpeg, 128), (header.Format, Math.Max(header.Width, header.Height)));
    }

    [Fact]
    public async Task Head_Content_HasHeadersAndNoBody()
    {
        using HttpResponseMessage answer = await Server.SendAsync(HttpMethod.Head, $"/api/v1/images/{shared.Ids[6]}/content");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(TestPictures.Jpeg(1).Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Similar_Picture_ListsAllOthersNearestFirst()
    {
        JsonElement page = await Server.GetAsync($"images/{shared.Ids[0]}/similar?limit=20");
        string[] ids = [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
        Assert.Equal(shared.Ids.Skip(1).Order(), ids.Order());
        double[] scores = [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("score").GetDouble())];
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.NotEmpty(page.GetProperty("items")[0].GetProperty("reasons").EnumerateArray());
    }
}
