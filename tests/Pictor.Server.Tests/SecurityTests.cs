using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pictor.Library;
using Pictor.Server.Hosting;
using Pictor.Server.Security;

namespace Pictor.Server.Tests;

public sealed class SecurityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5080")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.7")]
    public async Task Host_Foreign_IsRefused(string host) =>
        await TestServer.AssertProblemAsync(await Server.SendAsync(HttpMethod.Get, "/api/v1/images", ("Host", host)), 421, "host.foreign");

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task Host_Loopback_IsAnswered(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await Server.SendAsync(HttpMethod.Get, "/api/v1/images", ("Host", host))).StatusCode);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Write_FromAnotherPage_Is403AndChangesNothing(string header, string value)
    {
        await TestServer.AssertProblemAsync(await Server.SendAsync(HttpMethod.Delete, $"/api/v1/images/{shared.Ids[0]}", (header, value)), 403, "origin.foreign");
        await TestServer.AssertProblemAsync(await Server.SendAsync(HttpMethod.Post, "/search", (header, value)), 403, "origin.foreign");
        Assert.Equal(HttpStatusCode.OK, (await Server.SendAsync(HttpMethod.Get, $"/api/v1/images/{shared.Ids[0]}", (header, value))).StatusCode);
    }

    [Fact]
    public async Task Write_FromTheOwnPage_IsTaken()
    {
        using HttpResponseMessage answer = await Server.SendAsync(HttpMethod.Post, "/api/v1/models/rollback", ("Origin", Server.Host.Url), ("Sec-Fetch-Site", "same-origin"));
        await TestServer.AssertProblemAsync(answer, 409, "model.no-previous");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/images")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/assets/pictor.css")]
    public async Task Answer_Any_CarriesTheSecurityHeaders(string path)
    {
        using HttpResponseMessage answer = await Server.Client.GetAsync(path);
        Assert.StartsWith("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.168.1.7:0")]
    public async Task Start_BeyondLoopbackWithoutKey_IsRefusedAndTellsOfTheKey(string url)
    {
        var options = new ServerOptions { Library = Path.Combine(Server.Folder, "other"), Url = url };
        InputException refused = await Assert.ThrowsAsync<InputException>(() => ServerHost.StartAsync(options, default));
        Assert.Contains("key", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--key or PICTOR_KEY", refused.Remedy, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.Library));
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost:5080/pictor")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Start_WrongUrl_IsExplained(string url) =>
        Assert.Equal("server.address", (await Assert.ThrowsAsync<InputException>(() => ServerHost.StartAsync(new ServerOptions { Library = Path.Combine(Server.Folder, "other"), Url = url }, default))).Code);

    [Fact]
    public async Task Start_PortTaken_IsExplained()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        var options = new ServerOptions { Library = Path.Combine(Server.Folder, "other"), Url = $"http://localhost:{port}" };
        InputException refused = await Assert.ThrowsAsync<InputException>(() => ServerHost.StartAsync(options, default));
        Assert.Equal("server.port-taken", refused.Code);
        Assert.Contains($"{port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_LibraryInUse_NamesTheServerThatHasIt()
    {
        LibraryInUseException refused = await Assert.ThrowsAsync<LibraryInUseException>(() => ServerHost.StartAsync(new ServerOptions { Library = Server.Library, Url = "http://127.0.0.1:0" }, default));
        Assert.Equal(Server.Host.Url, refused.Url);
    }

    [Fact]
    public async Task Start_BrokenModel_LeavesNothingRunning()
    {
        string broken = Path.Combine(Server.Folder, "broken.pictor");
        await File.WriteAllTextAsync(broken, "no package");
        var options = new ServerOptions { Library = Path.Combine(Server.Folder, "fresh"), Url = "http://127.0.0.1:0", Model = broken };
        Assert.StartsWith("package.", (await Assert.ThrowsAsync<InputException>(() => ServerHost.StartAsync(options, default))).Code, StringComparison.Ordinal);
        await using ServerHost host = await ServerHost.StartAsync(options with { Model = null }, default);
        Assert.NotEqual("", host.Url);
    }

    [Fact]
    public async Task Key_OverTheNetwork_IsAskedForEverywhereButHealth()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { Key = "open sesame", Url = "http://127.0.0.1:0" }, model: false);
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images"), 401, "key.missing");
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/metrics"), 401, "key.missing");
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("X-API-Key", "open")), 401, "key.wrong");
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("Authorization", "Basic open sesame")), 401, "key.missing");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("X-API-Key", "open sesame"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("Authorization", "Bearer open sesame"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/health/live")).StatusCode);
        using HttpResponseMessage page = await server.SendAsync(HttpMethod.Get, "/models", ("Accept", "text/html"));
        Assert.Equal("/sign-in?to=%2Fmodels", page.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Key_GuessedTooOften_Is429()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { Key = "open sesame" }, model: false);
        for (int i = 0; i < 10; i++)
            await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("X-API-Key", $"guess {i}")), 401, "key.wrong");
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("X-API-Key", "open sesame")), 429, "rate.exceeded");
    }

    [Fact]
    public async Task SignIn_RightKey_GivesACookieThatOpens()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { Key = "open sesame" }, model: false);
        using HttpResponseMessage wrong = await server.Client.PostAsync("/sign-in", new FormUrlEncodedContent([new("key", "closed"), new("to", "/")]));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        using HttpResponseMessage right = await server.Client.PostAsync("/sign-in", new FormUrlEncodedContent([new("key", "open sesame"), new("to", "/models")]));
        Assert.Equal("/models", right.Headers.Location?.OriginalString);
        string cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sesame", cookie, StringComparison.Ordinal);
        string value = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/models", ("Cookie", value), ("Accept", "text/html"))).StatusCode);
        string forged = value.Replace("=1", "=9", StringComparison.Ordinal);
        await TestServer.AssertProblemAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/images", ("Cookie", forged)), 401, "key.missing");
    }

    [Theory]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/pictures/1?a=b", "/pictures/1?a=b")]
    public async Task SignIn_To_NeverLeadsElsewhere(string to, string expected)
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { Key = "k" }, model: false);
        using HttpResponseMessage answer = await server.Client.PostAsync("/sign-in", new FormUrlEncodedContent([new("key", "k"), new("to", to)]));
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public void Cookie_AfterItsTimeOrUnderAnotherKey_IsWorthNothing()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(60);
        string cookie = new ApiKey("a").CookieAt(now);
        Assert.True(new ApiKey("a").MatchesCookie(cookie, now.AddDays(29)));
        Assert.False(new ApiKey("a").MatchesCookie(cookie, now.AddDays(31)));
        Assert.False(new ApiKey("b").MatchesCookie(cookie, now));
        Assert.All(["", ".", "x.y", cookie + "0", "9999999999." + cookie.Split('.')[1]], forged => Assert.False(new ApiKey("a").MatchesCookie(forged, now)));
    }

    [Fact]
    public async Task Requests_TooMany_Are429WithRetryAfter()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { RequestsPerSecond = 1 }, model: false);
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.Client.GetAsync("/health/live")));
        HttpResponseMessage refused = Assert.IsType<HttpResponseMessage>(answers.FirstOrDefault(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.NotNull(refused.Headers.RetryAfter);
        JsonElement problem = await TestServer.AssertProblemAsync(refused, 429, "rate.exceeded");
        Assert.Contains("Wait", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }
}
