using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pictor.Server.Health;
using Pictor.Server.Hosting;

namespace Pictor.Server.Tests;

/// <summary>A real server on a port of its own, over a library of its own, with a plain client.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _ownsFolder;

    private TestServer(string folder, bool ownsFolder, ServerHost host)
    {
        (_folder, _ownsFolder, Host) = (folder, ownsFolder, host);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(host.Url) };
    }

    public ServerHost Host { get; }

    public HttpClient Client { get; }

    public string Folder => _folder;

    public string Library => Path.Combine(_folder, "lib");

    /// <param name="change">Changes the options.</param>
    /// <param name="model">Deploy a model at the start.</param>
    /// <param name="folder">An existing folder to serve again; it is then left there.</param>
    /// <param name="remove">Remove that folder in the end all the same.</param>
    public static async Task<TestServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null, bool model = true, string? folder = null, bool remove = false)
    {
        string made = folder ?? Directory.CreateTempSubdirectory("pictor-server-").FullName;
        var options = new ServerOptions { Library = Path.Combine(made, "lib"), Url = "http://127.0.0.1:0", User = "ada" };
        if (model)
            options = options with { Model = TestPictures.WritePackage(Path.Combine(made, "digits.pictor")) };
        ServerHost host = await ServerHost.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        var server = new TestServer(made, folder is null || remove, host);
        while (!host.Services.GetRequiredService<Readiness>().IsReady)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        return server;
    }

    public async Task<string> AddAsync(byte[] file, string name = "a.png") =>
        (await JsonAsync(await SendAsync("images", ("files", name, file)))).GetProperty("items")[0].GetProperty("id").GetString()!;

    public Task<HttpResponseMessage> SendAsync(string route, params (string Field, string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach ((string field, string name, byte[] bytes) in files)
            form.Add(new ByteArrayContent(bytes), field, name);
        return Client.PostAsync("/api/v1/" + route, form, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string route, string json) =>
        Client.PostAsync("/api/v1/" + route, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetAsync(string route)
    {
        using HttpResponseMessage answer = await Client.GetAsync("/api/v1/" + route, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"GET {route}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return await JsonAsync(answer);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The answer is a problem document of this status and code, complete.</summary>
    public static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"expected {status} {code}, got {(int)answer.StatusCode}: {text}");
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), answer.Content.Headers.ContentType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.NotEqual("", problem.GetProperty("remedy").GetString());
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem;
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsFolder)
            Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A server with a few pictures that the tests of a class share; they must not change what is there.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server!;

    internal IReadOnlyList<string> Ids { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        var ids = new List<string>();
        for (int i = 0; i < 6; i++)
            ids.Add(await Server.AddAsync(TestPictures.Png(i), $"digit {i}.png"));
        ids.Add(await Server.AddAsync(TestPictures.Jpeg(1), "hills.jpg"));
        ids.Add(await Server.AddAsync(TestPictures.Jpeg(2, 320, 480), "tower.jpg"));
        Ids = ids;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
