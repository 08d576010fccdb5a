using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pictor.Cli.Tests;

/// <summary>'pictor serve' as a process of its own, that can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string url) => (_process, Url, Http) = (process, url, new HttpClient { BaseAddress = new Uri(url + "/api/v1/") });

    public string Url { get; }

    public HttpClient Http { get; }

    public static async Task<ServerProcess> StartAsync(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Pictor.Cli.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--url", "http://127.0.0.1:0", "--json", .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new ServerProcess(process, JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!.TrimEnd('/'));
    }

    public async Task<JsonElement> GetAsync(string route) => await Http.GetFromJsonAsync<JsonElement>(route, TestContext.Current.CancellationToken);

    public async Task<JsonElement> PostAsync(string route, object? body = null)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(route, body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"POST {route}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks until a job is in one of these states.</summary>
    public async Task<string> WaitAsync(string job, params string[] statuses)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            string status = (await GetAsync($"jobs/{job}")).GetProperty("status").GetString()!;
            if (statuses.Contains(status, StringComparer.Ordinal))
                return status;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(90), $"the job is still {status}");
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using Process stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
