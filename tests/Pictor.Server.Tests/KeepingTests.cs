using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Pictor.Library;

namespace Pictor.Server.Tests;

/// <summary>Pausing jobs, watched folders, and what REST tells of the library.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task Job_PausedAndResumed_GoesOnWhereItStopped()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string pictures = Fill(server, 400), json = JsonSerializer.Serialize(new { paths = new[] { pictures } });
        string first = await IdAsync(await server.PostAsync("index", json)), second = await IdAsync(await server.PostAsync("index", json));

        // The one that waits is paused at once; the one that runs as soon as it has stopped, unless it was done before.
        Assert.Equal("paused", (await PostAsync(server, $"jobs/{second}/pause")).GetProperty("status").GetString());
        using HttpResponseMessage pause = await server.Client.PostAsync($"/api/v1/jobs/{first}/pause", null);
        if (pause.StatusCode == HttpStatusCode.OK)
        {
            string status = await WaitAsync(server, first, "paused", "done");
            if (status == "paused")
            {
                int before = (await server.GetAsync("images?limit=1")).GetProperty("total").GetInt32();
                await Task.Delay(200, TestContext.Current.CancellationToken);
                Assert.Equal(before, (await server.GetAsync("images?limit=1")).GetProperty("total").GetInt32());
                await PostAsync(server, $"jobs/{first}/resume");
                Assert.Equal("done", await WaitAsync(server, first, "done"));
                JsonElement result = (await server.GetAsync($"jobs/{first}")).GetProperty("result");
                Assert.Equal(400, result.GetProperty("added").GetInt32() + result.GetProperty("known").GetInt32());
            }
        }

        Assert.Equal(400, (await server.GetAsync("images?limit=1")).GetProperty("total").GetInt32());
        await TestServer.AssertProblemAsync(await server.Client.PostAsync($"/api/v1/jobs/{first}/pause", null), 409, "job.not-pausable");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync($"/api/v1/jobs/{first}/resume", null), 409, "job.not-paused");
        await TestServer.AssertProblemAsync(await server.Client.PostAsync("/api/v1/jobs/none/pause", null), 404, "job.unknown");
        Assert.Equal("paused", (await server.GetAsync($"jobs/{second}")).GetProperty("status").GetString());
        await PostAsync(server, $"jobs/{second}/resume");
        Assert.Equal("done", await WaitAsync(server, second, "done"));
    }

    [Fact]
    public async Task Job_Paused_CanBeCancelled()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string pictures = Fill(server, 300), json = JsonSerializer.Serialize(new { paths = new[] { pictures } });
        await server.PostAsync("index", json);
        string waits = await IdAsync(await server.PostAsync("index", json));
        await PostAsync(server, $"jobs/{waits}/pause");

        string page = await server.Client.GetStringAsync("/jobs", TestContext.Current.CancellationToken);
        Assert.Contains($"data-resume=\"{waits}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"data-pause=\"{waits}\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.DeleteAsync($"/api/v1/jobs/{waits}", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal("cancelled", await WaitAsync(server, waits, "cancelled"));
        await TestServer.AssertProblemAsync(await server.Client.PostAsync($"/api/v1/jobs/{waits}/resume", null), 409, "job.not-paused");
    }

    [Fact]
    public async Task Jobs_Paused_StayPausedOverARestart_AndGoOnFromThere()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName;
        string[] folders = [Directory.CreateDirectory(Path.Combine(folder, "one")).FullName, Directory.CreateDirectory(Path.Combine(folder, "two")).FullName];
        for (int i = 0; i < 330; i++)
            await File.WriteAllBytesAsync(Path.Combine(folders[i / 300], $"{i}.png"), TestPictures.Png(i));
        try
        {
            string paused, cancelled;
            await using (TestServer first = await TestServer.StartAsync(model: false, folder: folder))
            {
                // The first job has the queue to itself; the others wait behind it and are paused before their turn, or while they run.
                string ahead = await IdAsync(await first.PostAsync("index", JsonSerializer.Serialize(new { paths = folders[..1] })));
                paused = await IdAsync(await first.PostAsync("index", JsonSerializer.Serialize(new { paths = folders[1..] })));
                cancelled = await IdAsync(await first.PostAsync("index", JsonSerializer.Serialize(new { paths = folders })));
                (await first.Client.PostAsync($"/api/v1/jobs/{cancelled}/pause", null, TestContext.Current.CancellationToken)).Dispose();
                (await first.Client.PostAsync($"/api/v1/jobs/{paused}/pause", null, TestContext.Current.CancellationToken)).Dispose();
                (await first.Client.DeleteAsync($"/api/v1/jobs/{cancelled}", TestContext.Current.CancellationToken)).Dispose();
                await WaitAsync(first, ahead, "done");
                await WaitAsync(first, paused, "paused");
            }

            await using (TestServer second = await TestServer.StartAsync(o => o with { Folders = [folders[1]] }, model: false, folder: folder))
            {
                JsonElement[] back = [.. (await second.GetAsync("jobs")).GetProperty("items").EnumerateArray()];
                Assert.DoesNotContain(back, job => job.GetProperty("id").GetString() == cancelled);
                JsonElement job = Assert.Single(back);
                Assert.Equal((paused, "paused", "index"), (job.GetProperty("id").GetString(), job.GetProperty("status").GetString(), job.GetProperty("kind").GetString()));
                using HttpResponseMessage resumed = await second.Client.PostAsync($"/api/v1/jobs/{paused}/resume", null, TestContext.Current.CancellationToken);
                Assert.Equal("done", await WaitAsync(second, paused, "done", "failed"));
                await CountAsync(second, 330);
            }

            await using TestServer third = await TestServer.StartAsync(model: false, folder: folder);
            Assert.DoesNotContain((await third.GetAsync("jobs")).GetProperty("items").EnumerateArray(), old => old.GetProperty("id").GetString() == paused);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Jobs_RunningWhenThreeServersDied_ComeBackPaused()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName, pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(pictures, "a.png"), TestPictures.Png(1), TestContext.Current.CancellationToken);
        string detail = JsonSerializer.Serialize(new { kind = "index", paths = new[] { pictures }, promised = true });
        try
        {
            string library;
            await using (TestServer first = await TestServer.StartAsync(model: false, folder: folder))
                library = first.Library;
            await using (Pictor.Library.PictureLibrary opened = await Pictor.Library.PictureLibrary.OpenAsync(library, cancellationToken: TestContext.Current.CancellationToken))
            {
                foreach (string id in new[] { "chance", "no-chance" })
                    await opened.KeepJobAsync(new Pictor.Library.UnfinishedJob(id, "index", DateTimeOffset.UtcNow, detail, Paused: false), TestContext.Current.CancellationToken);
                await opened.EndWellAsync(TestContext.Current.CancellationToken);
                await opened.KeepJobAsync(new Pictor.Library.UnfinishedJob("no-chance", "index", DateTimeOffset.UtcNow, detail, Paused: false), TestContext.Current.CancellationToken);
                await opened.TakeUnfinishedJobsAsync(TestContext.Current.CancellationToken);
                await opened.TakeUnfinishedJobsAsync(TestContext.Current.CancellationToken);
            }

            await using TestServer second = await TestServer.StartAsync(model: false, folder: folder);
            Assert.Equal("done", await WaitAsync(second, "chance", "done", "failed"));
            Assert.Equal("paused", (await second.GetAsync("jobs/no-chance")).GetProperty("status").GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Jobs_OfAnEarlierVersion_PausedThere_ArePromisedOnceResumed()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName, ahead = Directory.CreateDirectory(Path.Combine(folder, "ahead")).FullName;
        for (int i = 0; i < 1000; i++)
            await File.WriteAllBytesAsync(Path.Combine(ahead, $"{i}.png"), TestPictures.Png(i));
        try
        {
            string library;
            await using (TestServer first = await TestServer.StartAsync(model: false, folder: folder))
                library = first.Library;
            await using (Pictor.Library.PictureLibrary opened = await Pictor.Library.PictureLibrary.OpenAsync(library, cancellationToken: TestContext.Current.CancellationToken))
            {
                // As schema 8 kept it: nothing in the detail says that it was promised.
                string detail = JsonSerializer.Serialize(new { paths = new[] { ahead } });
                await opened.KeepJobAsync(new Pictor.Library.UnfinishedJob("old", "index", DateTimeOffset.UtcNow, detail, Paused: true), TestContext.Current.CancellationToken);
            }

            await using (TestServer second = await TestServer.StartAsync(model: false, folder: folder))
            {
                Assert.Equal("paused", await WaitAsync(second, "old", "paused"));
                (await second.Client.PostAsync("/api/v1/jobs/old/resume", null, TestContext.Current.CancellationToken)).Dispose();
                // Behind it, so that it cannot be done before the server ends: a look for duplicates, which is promised too.
                (await second.Client.PostAsync("/api/v1/duplicates", null, TestContext.Current.CancellationToken)).Dispose();
            }

            await using TestServer third = await TestServer.StartAsync(model: false, folder: folder);
            JsonElement[] back = [.. (await third.GetAsync("jobs")).GetProperty("items").EnumerateArray()];
            Assert.Equal(["duplicates", "index"], back.Select(job => job.GetProperty("kind").GetString()).Order());
            foreach (JsonElement job in back)
                Assert.Equal("done", await WaitAsync(third, job.GetProperty("id").GetString()!, "done", "failed"));
            Assert.True((await third.GetAsync("duplicates")).GetProperty("current").GetBoolean());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Folders_Served_AreLookedAfterByTheNextServerToo()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-server-").FullName, pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        var quick = new WatchOptions { Settle = TimeSpan.FromMilliseconds(100) };
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(pictures, "a.png"), TestPictures.Png(1));
            await using (TestServer first = await TestServer.StartAsync(o => o with { Folders = [pictures], Exclude = ["raw/"], Watch = quick }, model: false, folder: folder))
            {
                await CountAsync(first, 1);
                await File.WriteAllBytesAsync(Path.Combine(pictures, "b.png"), TestPictures.Png(2));
                await CountAsync(first, 2);
            }

            await File.WriteAllBytesAsync(Path.Combine(pictures, "while-away.png"), TestPictures.Png(3));
            Directory.CreateDirectory(Path.Combine(pictures, "raw"));
            await using TestServer second = await TestServer.StartAsync(o => o with { Watch = quick }, model: false, folder: folder);
            await CountAsync(second, 3);
            await File.WriteAllBytesAsync(Path.Combine(pictures, "raw", "x.png"), TestPictures.Png(4));
            await File.WriteAllBytesAsync(Path.Combine(pictures, "later.png"), TestPictures.Png(5));
            await CountAsync(second, 4);

            JsonElement kept = Assert.Single((await second.GetAsync("folders")).GetProperty("items").EnumerateArray());
            Assert.Equal((pictures, true, true, "raw/"), (kept.GetProperty("path").GetString(), kept.GetProperty("watched").GetBoolean(), kept.GetProperty("there").GetBoolean(), kept.GetProperty("exclude")[0].GetString()));
            Assert.Equal(HttpStatusCode.NoContent, (await second.Client.DeleteAsync($"/api/v1/folders?path={Uri.EscapeDataString(pictures)}", TestContext.Current.CancellationToken)).StatusCode);
            await TestServer.AssertProblemAsync(await second.Client.DeleteAsync($"/api/v1/folders?path={Uri.EscapeDataString(pictures)}"), 404, "folder.unknown");
            Assert.Empty((await second.GetAsync("folders")).GetProperty("items").EnumerateArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Folders_NeverSeenAndNotThere_AreASlipOfThePen()
    {
        InputException wrong = await Assert.ThrowsAsync<InputException>(() => TestServer.StartAsync(o => o with { Folders = ["/no/such/folder"] }, model: false));
        Assert.Equal("index.not-found", wrong.Code);
        string file = Path.GetTempFileName();
        wrong = await Assert.ThrowsAsync<InputException>(() => TestServer.StartAsync(o => o with { Folders = [file] }, model: false));
        File.Delete(file);
        Assert.Equal(("index.not-a-folder", file), (wrong.Code, wrong.Subject));
    }

    [Fact]
    public async Task Library_InfoAndVerify_AnswerWhileServing()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.AddAsync(TestPictures.Png(1));
        string stray = Path.Combine(server.Library, "thumbnails", "ab", "abcdefabcdefabcd-256.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "x");

        JsonElement info = await server.GetAsync("library"), found = await PostAsync(server, "library/verify"), mended = await PostAsync(server, "library/verify?repair=true&deep=true");

        Assert.Equal((1, 1), (info.GetProperty("pictures").GetInt32(), info.GetProperty("originals").GetProperty("files").GetInt32()));
        Assert.Equal(("thumbnail.orphan", false), Fault(found));
        Assert.Equal(("thumbnail.orphan", true), Fault(mended));
        Assert.Empty((await PostAsync(server, "library/verify")).GetProperty("faults").EnumerateArray());

        static (string?, bool) Fault(JsonElement outcome)
        {
            JsonElement fault = Assert.Single(outcome.GetProperty("faults").EnumerateArray());
            return (fault.GetProperty("check").GetString(), fault.GetProperty("repaired").GetBoolean());
        }
    }

    private static string Fill(TestServer server, int count)
    {
        string pictures = Directory.CreateDirectory(Path.Combine(server.Folder, "pictures")).FullName;
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(pictures, $"{i}.png"), TestPictures.Png(i));
        return pictures;
    }

    private static async Task<string> IdAsync(HttpResponseMessage accepted) => (await TestServer.JsonAsync(accepted)).GetProperty("id").GetString()!;

    private static async Task<JsonElement> PostAsync(TestServer server, string route)
    {
        using HttpResponseMessage answer = await server.Client.PostAsync($"/api/v1/{route}", null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"POST {route}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return await TestServer.JsonAsync(answer);
    }

    private static async Task<string> WaitAsync(TestServer server, string job, params string[] statuses)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            string status = (await server.GetAsync($"jobs/{job}")).GetProperty("status").GetString()!;
            if (statuses.Contains(status, StringComparer.Ordinal))
                return status;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"the job is still {status}");
        }
    }

    private static async Task CountAsync(TestServer server, int expected)
    {
        int total = -1;
        for (var waited = Stopwatch.StartNew(); total != expected; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            total = (await server.GetAsync("images?limit=1")).GetProperty("total").GetInt32();
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"{total} pictures instead of {expected}");
        }
    }
}
