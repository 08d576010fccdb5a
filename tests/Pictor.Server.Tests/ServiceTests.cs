using System.Net;
using System.Text.Json;

namespace Pictor.Server.Tests;

/// <summary>Models, jobs, events, health, metrics, the OpenAPI document.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task FirstModel_IsTakenWhereNoneIsInUse_AndOnlyThere()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName;
        try
        {
            string first = TestPictures.WritePackage(Path.Combine(folder, "first.pictor"), "first"), later = TestPictures.WritePackage(Path.Combine(folder, "later.pictor"), "later", seed: 2);
            foreach (string offered in new[] { first, later })
            {
                await using TestServer server = await TestServer.StartAsync(options => options with { FirstModel = offered }, model: false, folder: folder);
                JsonElement only = Assert.Single((await server.GetAsync("models")).GetProperty("items").EnumerateArray());
                Assert.Equal(("first", true), (only.GetProperty("name").GetString(), only.GetProperty("active").GetBoolean()));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Models_UploadActivateRollbackRemove_NeedNoRestart()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] second = await File.ReadAllBytesAsync(TestPictures.WritePackage(Path.Combine(server.Folder, "second.pictor"), "digits", "2.0.0", seed: 5));
        string id = await server.AddAsync(TestPictures.Png(3));
        using HttpResponseMessage uploaded = await server.SendAsync("models", ("file", "second.pictor", second));
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        Assert.False((await TestServer.JsonAsync(uploaded)).GetProperty("active").GetBoolean());
        Assert.Equal("1.0.0", await SourceAsync(server));

        Assert.Equal(HttpStatusCode.OK, (await server.Client.PostAsync("/api/v1/models/digits@2.0.0/activate", null)).StatusCode);
        Assert.Equal("2.0.0", await SourceAsync(server));
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync("/api/v1/models/digits@2.0.0"), 409, "model.active");
        JsonElement similar = await server.GetAsync($"images/{id}/similar");
        Assert.Empty(similar.GetProperty("items").EnumerateArray());

        Assert.Equal(HttpStatusCode.OK, (await server.Client.PostAsync("/api/v1/models/rollback", null)).StatusCode);
        Assert.Equal("1.0.0", await SourceAsync(server));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync("/api/v1/models/digits@2.0.0")).StatusCode);
        JsonElement left = Assert.Single((await server.GetAsync("models")).GetProperty("items").EnumerateArray());
        Assert.Equal("1.0.0", left.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Models_Switched_AnnotateTheLibraryInTheBackground()
    {
        await using TestServer server = await TestServer.StartAsync();
        string id = await server.AddAsync(TestPictures.Png(3));
        byte[] second = await File.ReadAllBytesAsync(TestPictures.WritePackage(Path.Combine(server.Folder, "second.pictor"), "digits", "2.0.0", seed: 5));
        (await server.SendAsync("models?activate=true", ("file", "second.pictor", second))).EnsureSuccessStatusCode();
        JsonElement job = Assert.Single((await server.GetAsync("jobs")).GetProperty("items").EnumerateArray());
        Assert.Equal("annotate", job.GetProperty("kind").GetString());
        await WaitAsync(server, job.GetProperty("id").GetString()!, "done");
        Assert.All((await server.GetAsync($"images/{id}/annotations")).GetProperty("items").EnumerateArray(), item => Assert.Equal("package digits@2.0.0", item.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Models_BrokenOrUnknown_AreProblems()
    {
        await using TestServer server = await TestServer.StartAsync();
        await TestServer.AssertProblemAsync(await server.SendAsync("models", ("file", "x.pictor", "no package"u8.ToArray())), 422, "package.not-a-package");
        await TestServer.AssertProblemAsync(await server.SendAsync("models", ("model", "x.pictor", "no package"u8.ToArray())), 400, "body.no-file");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync("/api/v1/models/digitz/activate", null), 404, "model.unknown");
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync("/api/v1/models/digitz"), 404, "model.unknown");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync("/api/v1/models/digits/rollback", null), 409, "model.no-previous");
    }

    [Fact]
    public async Task Index_Folder_RunsAsAJobAndTellsItsOutcome()
    {
        await using TestServer server = await TestServer.StartAsync();
        string pictures = Directory.CreateDirectory(Path.Combine(server.Folder, "pictures")).FullName;
        for (int i = 0; i < 5; i++)
            await File.WriteAllBytesAsync(Path.Combine(pictures, $"{i}.png"), TestPictures.Png(i));
        await File.WriteAllTextAsync(Path.Combine(pictures, "bad.png"), "no picture");
        using HttpResponseMessage accepted = await server.PostAsync("index", JsonSerializer.Serialize(new { paths = new[] { pictures } }));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        string id = (await TestServer.JsonAsync(accepted)).GetProperty("id").GetString()!;
        Assert.Equal($"/api/v1/jobs/{id}", accepted.Headers.Location?.OriginalString);
        JsonElement done = await WaitAsync(server, id, "done");
        Assert.Equal(5, done.GetProperty("result").GetProperty("added").GetInt32());
        Assert.EndsWith("bad.png", Assert.Single(done.GetProperty("result").GetProperty("skipped").EnumerateArray()).GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, (await server.GetAsync("images")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Folders_OfTheOptions_AreIndexedAtTheStart()
    {
        string pictures = Directory.CreateTempSubdirectory("pictor-pictures-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(pictures, "a.png"), TestPictures.Png(1));
            await using TestServer server = await TestServer.StartAsync(options => options with { Folders = [pictures] }, model: false);
            string id = (await server.GetAsync("jobs")).GetProperty("items")[0].GetProperty("id").GetString()!;
            Assert.Equal(1, (await WaitAsync(server, id, "done")).GetProperty("result").GetProperty("added").GetInt32());
        }
        finally
        {
            Directory.Delete(pictures, recursive: true);
        }
    }

    [Theory]
    [InlineData("{}", "body.invalid-field")]
    [InlineData("""{"paths": "x"}""", "body.invalid-field")]
    [InlineData("""{"paths": ["pictures"]}""", "body.invalid-field")]
    [InlineData("""{"paths": ["/no/such/folder"]}""", "body.invalid-field")]
    [InlineData("""{"paths": [null]}""", "body.invalid-field")]
    public async Task Index_WrongPaths_Are400(string json, string code)
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        await TestServer.AssertProblemAsync(await server.PostAsync("index", json), 400, code);
        await TestServer.AssertProblemAsync(await server.Client.GetAsync("/api/v1/jobs/none"), 404, "job.unknown");
        await TestServer.AssertProblemAsync(await server.Client.DeleteAsync("/api/v1/jobs/none"), 404, "job.unknown");
    }

    [Fact]
    public async Task Job_ThatFails_TellsWhy()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        using HttpResponseMessage accepted = await server.PostAsync("index", JsonSerializer.Serialize(new { paths = new[] { server.Library } }));
        JsonElement failed = await WaitAsync(server, (await TestServer.JsonAsync(accepted)).GetProperty("id").GetString()!, "failed");
        Assert.Contains(server.Library, failed.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task Job_Cancelled_StopsAndServerStaysUp()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string pictures = Directory.CreateDirectory(Path.Combine(server.Folder, "pictures")).FullName;
        for (int i = 0; i < 400; i++)
            await File.WriteAllBytesAsync(Path.Combine(pictures, $"{i}.png"), TestPictures.Png(i));
        string json = JsonSerializer.Serialize(new { paths = new[] { pictures } });
        string first = (await TestServer.JsonAsync(await server.PostAsync("index", json))).GetProperty("id").GetString()!;
        string second = (await TestServer.JsonAsync(await server.PostAsync("index", json))).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await server.Client.DeleteAsync($"/api/v1/jobs/{second}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.DeleteAsync($"/api/v1/jobs/{first}")).StatusCode);
        await WaitAsync(server, second, "cancelled");
        JsonElement ended = await WaitAsync(server, first, "cancelled", "done");
        Assert.NotEqual(JsonValueKind.Null, ended.GetProperty("finishedAt").ValueKind);
    }

    [Fact]
    public async Task Run_CancelledWithAJobAndAListener_EndsInOrderAndCanStartAgain()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName;
        string pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        for (int i = 0; i < 300; i++)
            await File.WriteAllBytesAsync(Path.Combine(pictures, $"{i}.png"), TestPictures.Png(i));
        try
        {
            for (int round = 0; round < 2; round++)
            {
                using var stop = new CancellationTokenSource();
                var ready = new TaskCompletionSource<string>();
                Task run = PictorServer.RunAsync(new ServerOptions { Library = Path.Combine(folder, "lib"), Url = "http://localhost:0", Folders = [pictures] }, ready.SetResult, stop.Token);
                Assert.Same(ready.Task, await Task.WhenAny(ready.Task, run));
                using var client = new HttpClient { BaseAddress = new Uri(await ready.Task) };
                using HttpResponseMessage events = await client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
                Assert.Equal("text/event-stream", events.Content.Headers.ContentType?.MediaType);
                await stop.CancelAsync();
                await run;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Events_ChangesMade_AreHeard()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        using HttpResponseMessage answer = await server.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("event: listening", await reader.ReadLineAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync());
        string id = await server.AddAsync(TestPictures.Png(1));
        string? line;
        var heard = new List<string>();
        while ((line = await reader.ReadLineAsync()) is not null && line.Length > 0)
            heard.Add(line);
        Assert.Equal("event: picture", heard[0]);
        Assert.Equal($$"""data: {"id":"{{id}}","change":"added"}""", heard[1]);
    }

    [Fact]
    public async Task Health_And_Metrics_TellWhatHappened()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.AddAsync(TestPictures.Png(1));
        await server.SendAsync("annotate", ("file", "x.txt", "hello"u8.ToArray()));
        Assert.Equal("""{"status":"ready"}""", await server.Client.GetStringAsync("/health/ready"));
        Assert.Equal("""{"status":"live"}""", await server.Client.GetStringAsync("/health/live"));
        string text = await server.Client.GetStringAsync("/metrics");
        Assert.Contains("pictor_pictures 1\n", text, StringComparison.Ordinal);
        Assert.Contains("pictor_requests_total{method=\"POST\",route=\"/api/v1/annotate\",status=\"415\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("pictor_request_seconds_bucket{method=\"POST\",route=\"/api/v1/images\",le=\"+Inf\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches("process_resident_memory_bytes [1-9][0-9]+\n", text);
        // Every line is a comment or NAME{LABELS} NUMBER.
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(# (HELP|TYPE) .+|[a-z_]+(\\{.*\\})? [0-9.E+-]+)$", line));
    }

    [Fact]
    public async Task OpenApi_Document_ListsEveryRouteCompletely()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        JsonElement document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        string[] listed = [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).Order()];
        string[] expected =
        [
            "DELETE /api/v1/images/{id}", "DELETE /api/v1/images/{id}/annotations", "DELETE /api/v1/images/{id}/annotations/{annotationId}", "DELETE /api/v1/jobs/{id}", "DELETE /api/v1/models/{reference}",
            "GET /api/v1/duplicates", "GET /api/v1/events", "GET /api/v1/images", "GET /api/v1/images/outline", "GET /api/v1/images/{id}", "GET /api/v1/images/{id}/annotations", "GET /api/v1/images/{id}/content",
            "GET /api/v1/images/{id}/similar", "GET /api/v1/images/{id}/thumbnail", "GET /api/v1/jobs", "GET /api/v1/jobs/{id}", "GET /api/v1/models",
            "GET /health/live", "GET /health/ready", "GET /metrics", "POST /api/v1/annotate", "POST /api/v1/duplicates", "POST /api/v1/images", "POST /api/v1/images/{id}/annotations",
            "POST /api/v1/images/{id}/restore", "POST /api/v1/index", "POST /api/v1/models", "POST /api/v1/models/rollback", "POST /api/v1/models/{reference}/activate",
            "POST /api/v1/models/{reference}/rollback", "POST /api/v1/recommendations", "POST /api/v1/search", "POST /api/v1/sidecars",
            "GET /api/v1/changes", "GET /api/v1/changes/{id}", "GET /api/v1/tags", "PATCH /api/v1/images/{id}", "POST /api/v1/annotations/bulk", "POST /api/v1/changes/{id}/undo", "POST /api/v1/tags/rename", "POST /api/v1/undo/{id}",
            "DELETE /api/v1/folders", "GET /api/v1/folders", "GET /api/v1/library", "POST /api/v1/library/verify", "POST /api/v1/jobs/{id}/pause", "POST /api/v1/jobs/{id}/resume",
            "DELETE /api/v1/collections/{id}", "GET /api/v1/collections", "GET /api/v1/collections/{id}", "GET /api/v1/collections/{id}/images", "PATCH /api/v1/collections/{id}", "POST /api/v1/collections",
            "GET /api/v1/groups", "GET /api/v1/export", "GET /api/v1/images/{id}/lookalikes", "GET /api/v1/images/{id}/annotations/{annotationId}/lookalikes",
            "GET /api/v1/models/changes", "POST /api/v1/models/{reference}/prepare",
        ];
        Assert.Equal(expected.Order(), listed);
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                Assert.NotEqual("", operation.Value.GetProperty("summary").GetString());
                JsonElement responses = operation.Value.GetProperty("responses");
                Assert.Contains(responses.EnumerateObject(), response => response.Name.StartsWith('2'));
                if (path.Name.StartsWith("/api", StringComparison.Ordinal))
                    Assert.True(responses.GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _), path.Name);
                string[] bodiless = ["restore", "duplicates", "rollback", "activate", "prepare", "verify", "pause", "resume"];
                if (operation.Name == "post" && !bodiless.Any(end => path.Name.EndsWith(end, StringComparison.Ordinal)) && !path.Name.Contains("undo", StringComparison.Ordinal))
                    Assert.True(operation.Value.TryGetProperty("requestBody", out _), path.Name);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "route.unknown")]
    [InlineData("GET", "/api/v2/images", 404, "route.unknown")]
    [InlineData("PUT", "/api/v1/images", 405, "method.not-allowed")]
    [InlineData("GET", "/api/v1/annotate", 405, "method.not-allowed")]
    [InlineData("DELETE", "/api/v1/images/x/annotations/abc", 404, "route.unknown")]
    [InlineData("GET", "/assets/nothing.js", 404, "route.unknown")]
    public async Task Route_Unknown_IsAProblem(string method, string path, int status, string code)
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        await TestServer.AssertProblemAsync(await server.SendAsync(new HttpMethod(method), path), status, code);
    }

    private static async Task<string> SourceAsync(TestServer server)
    {
        using HttpResponseMessage answer = await server.SendAsync("annotate", ("file", "a.png", TestPictures.Png(3)));
        return (await TestServer.JsonAsync(answer)).GetProperty("items")[0].GetProperty("annotations")[0].GetProperty("source").GetString()!.Split('@')[1];
    }

    private static async Task<JsonElement> WaitAsync(TestServer server, string job, params string[] statuses)
    {
        while (true)
        {
            JsonElement item = await server.GetAsync($"jobs/{job}");
            string status = item.GetProperty("status").GetString()!;
            if (statuses.Contains(status, StringComparer.Ordinal))
                return item;
            Assert.DoesNotContain(status, (string[])["done", "failed", "cancelled"], StringComparer.Ordinal);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
