using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pictor.Cli.Tests;

/// <summary>The program as a process of its own: ready line, answers, one owner, clean end on a signal.</summary>
public sealed class ServeTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public async Task Serve_OwnsTheLibrary_AnswersAndEndsOnSigterm()
    {
        using Process server = Start("serve", "--library", path.Library, "--url", "http://127.0.0.1:0", "--json");
        try
        {
            string line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
            string url = JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!;
            using var http = new HttpClient { BaseAddress = new Uri(url) };

            JsonElement images = await http.GetFromJsonAsync<JsonElement>("/api/v1/images?limit=3", TestContext.Current.CancellationToken);
            Assert.Equal(path.Pictures.Length, images.GetProperty("total").GetInt32());

            // A change by the command line goes through the server; questions read beside it.
            Run index = await Run.PictorAsync("index", path.Data, "--library", path.Library, "--json");
            Assert.True(index.Code == 0, index.Error);
            Assert.Equal(path.Pictures.Length, index.Json.GetProperty("known").GetInt32());
            Assert.Contains(url, index.Error, StringComparison.Ordinal);
            Run search = await Run.PictorAsync("search", "--image", path.Pictures[0], "--library", path.Library, "--limit", "3", "--json");
            Assert.Equal(3, search.Json.GetProperty("items").GetArrayLength());

            // A second server on the same library is told who owns it.
            Run second = await Run.PictorAsync("serve", "--library", path.Library, "--url", "http://127.0.0.1:0");
            Assert.Equal(1, second.Code);
            Assert.Contains(server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), second.Error, StringComparison.Ordinal);
        }
        finally
        {
            using Process stop = Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Serve_Folder_AnswersAtOnceAndTakesItsPicturesIn()
    {
        using Process server = Start("serve", path.Data, "--model", path.Model, "--library", path.File("served"), "--url", "http://127.0.0.1:0", "--json");
        try
        {
            string line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
            using var http = new HttpClient { BaseAddress = new Uri(JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!) };
            Assert.True((await http.GetAsync("/", TestContext.Current.CancellationToken)).IsSuccessStatusCode);

            string? status = null;
            for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60) && status is not ("done" or "failed" or "cancelled"); await Task.Delay(100, TestContext.Current.CancellationToken))
            {
                JsonElement jobs = await http.GetFromJsonAsync<JsonElement>("/api/v1/jobs", TestContext.Current.CancellationToken);
                status = jobs.GetProperty("items")[0].GetProperty("status").GetString();
            }

            JsonElement images = await http.GetFromJsonAsync<JsonElement>("/api/v1/images?limit=1", TestContext.Current.CancellationToken);
            Assert.Equal(("done", path.Pictures.Length), (status, images.GetProperty("total").GetInt32()));
        }
        finally
        {
            using Process stop = Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Serve_BeyondThisMachineWithoutAKey_IsRefused()
    {
        Run run = await Run.PictorAsync("serve", "--library", path.File("closed"), "--url", "http://0.0.0.0:0");

        Assert.Equal(1, run.Code);
        Assert.Contains("PICTOR_KEY", run.Error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Pictor.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
