using System.Text.RegularExpressions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Pictor.Server.Tests.Chromium))]

namespace Pictor.Server.Tests;

/// <summary>The system's browser, started once for all tests; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? s_path = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Milliseconds; a machine that runs every other test beside these may take its time.</summary>
    internal static float Patience { get; } = float.Parse(Environment.GetEnvironmentVariable("PICTOR_TEST_PATIENCE") ?? "120000", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    internal async Task<IPage> PageAsync(BrowserNewPageOptions options)
    {
        Assert.SkipUnless(s_path is not null, "No chromium on this machine: install Debian's package 'chromium' to run the browser tests (apt-get install chromium).");
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = s_path, Args = ["--no-sandbox"], Timeout = Patience });
        }
        finally
        {
            _starting.Release();
        }

        IPage page = await _browser.NewPageAsync(options);
        page.SetDefaultTimeout(Patience);
        page.SetDefaultNavigationTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }
}

/// <summary>A page of a server of its own; what the browser complains of, and every request that leaves the server, is remembered.</summary>
public abstract class InBrowser(Chromium chromium) : IAsyncLifetime
{
    private TestServer? _server;
    private IPage? _page;

    internal TestServer Server
    {
        get => _server!;
        set => _server = value;
    }

    protected IPage Page => _page!;

    protected List<string> Complaints { get; } = [];

    protected string Url => Server.Host.Url;

    protected virtual BrowserNewPageOptions Options => new() { Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 800 } };

    /// <summary>How many pictures of 28 x 28 pixels the library begins with.</summary>
    protected virtual int Digits => 8;

    public async ValueTask InitializeAsync()
    {
        _page = await chromium.PageAsync(Options);
        _server = await TestServer.StartAsync();
        string[] names = [.. Enumerable.Range(0, Digits).Select(i => $"digit {i}.png")];
        foreach (int[] some in Enumerable.Range(0, Digits).Chunk(50))
            (await Server.SendAsync("images", [.. some.Select(i => ("files", names[i], TestPictures.Png(i)))])).Dispose();
        await Server.AddAsync(TestPictures.Jpeg(1), "hills.jpg");
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Add(message.Text);
        };
        Page.PageError += (_, error) => Complaints.Add(error);
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Complaints.Add("foreign request: " + request.Url);
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
            await _page.Context.CloseAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // Both are asked of the browser until they hold: WaitForURLAsync can lose the event it waits for (playwright-dotnet issue 3364),
    // and WaitForFunctionAsync evaluates its text inside the page, which the page's content security policy may refuse.
    protected async Task AddressIsAsync(string path)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(Url + path).Replace("\\*", "[^/&]+", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>Asks the page until it says so.</summary>
    protected async Task EventuallyAsync(string expression)
    {
        long start = Environment.TickCount64;
        while (!await Page.EvaluateAsync<bool>(expression))
        {
            Assert.True(Environment.TickCount64 - start < Chromium.Patience, $"never true: {expression}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The grid knows all of its pictures.</summary>
    protected async Task GridIsReadyAsync(int pictures) =>
        await EventuallyAsync($"document.querySelector('pictor-grid')?.outline?.count === {pictures}");

    protected static FilePayload Payload(string name, byte[] bytes) => new() { Name = name, MimeType = "application/octet-stream", Buffer = bytes };
}
