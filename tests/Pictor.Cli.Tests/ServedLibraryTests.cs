using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>A library that a live server owns: the commands go through it, and nothing is lost when it is killed.</summary>
public sealed class ServedLibraryTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public async Task Corrections_GoThroughTheServerThatOwnsTheLibrary()
    {
        string library = path.File("served-corrections"), a = path.Pictures[0], b = path.Pictures[1], c = path.Pictures[2];
        await Ok("index", path.Data, "--model", path.Model, "--library", library);
        await using ServerProcess server = await ServerProcess.StartAsync("--library", library, "--user", "sue");

        long undo = (await Through("tag", "add", "puppy", a, b, c)).GetProperty("undo").GetInt64();
        await Through("tag", "reject", "kitten", a);
        await Through("tag", "accept", "puppy", "--tagged", "puppy");
        await Through("tag", "remove", "puppy", c);
        Assert.Equal(2, await TaggedAsync("puppy"));
        await Through("tag", "rename", "puppy", "--to", "dog");
        await Through("tag", "add", "hound", c);
        await Through("tag", "merge", "hound", "--into", "dog");
        Assert.Equal(3, await TaggedAsync("dog"));
        await Through("rate", "--stars", "4", "--favourite", "--tagged", "dog");
        Assert.Equal(3, (await server.GetAsync("images?filter=rating:4&limit=1")).GetProperty("total").GetInt32());

        await Through("collection", "create", "Dogs");
        await Through("collection", "create", "Found dogs", "--find", "dog");
        Assert.Equal(3, (await Through("collection", "add", "Dogs", "--tagged", "dog")).GetProperty("changed").GetInt32());
        await Through("collection", "remove", "Dogs", c);
        Assert.Equal(2, (await server.GetAsync("collections/Dogs")).GetProperty("pictures").GetInt32());
        Assert.Equal(2, (await Ok("collection", "show", "dogs", "--library", library)).GetProperty("total").GetInt32());
        await Through("collection", "create", "Two", a, b);
        Assert.Equal(2, (await server.GetAsync("collections/Two")).GetProperty("pictures").GetInt32());
        await Through("collection", "delete", "Two");
        long deleted = (await Through("collection", "delete", "Dogs")).GetProperty("undo").GetInt64();
        await Through("undo", deleted.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(2, (await server.GetAsync("collections/Dogs")).GetProperty("pictures").GetInt32());

        // Undone through the server, and told who did all this.
        await Through("undo", undo.ToString(CultureInfo.InvariantCulture));
        Assert.All((await server.GetAsync("changes?limit=100")).GetProperty("items").EnumerateArray(), line => Assert.Equal("sue", line.GetProperty("person").GetString()));

        // What only reads, or writes elsewhere, does so beside the server.
        string exported = path.File("served-exported"), better = path.File("served-better");
        await Ok("library", "export", exported, "--to", "csv", "--library", library, "--all");
        Assert.True(File.Exists(Path.Combine(exported, "labels.csv")));
        await Ok("enhance", a, "--out", better);
        Assert.Equal(2, (await Ok("collection", "list", "--library", library)).GetProperty("items").GetArrayLength());
        await Ok("groups", "--by", "look", "--library", library);

        // A fault is told in the server's own words.
        Run unknown = await Run.PictorAsync("tag", "rename", "dgo", "--to", "cat", "--library", library);
        Assert.Equal(ExitCode.Failed, unknown.Code);
        Assert.Contains("dgo", unknown.Error, StringComparison.Ordinal);

        async Task<JsonElement> Through(params string[] args)
        {
            Run run = await Run.PictorAsync([.. args, "--library", library, "--json"]);
            Assert.True(run.Code == ExitCode.Done, $"{string.Join(' ', args.Take(3))}: {run.Code} {run.Error}");
            Assert.Contains(server.Url, run.Error, StringComparison.Ordinal);
            return run.Json;
        }

        async Task<int> TaggedAsync(string tag) => (await server.GetAsync($"images?limit=1&tag={tag}")).GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task Pause_OutlivesAKilledServer()
    {
        string library = path.File("paused");
        string id;
        await using (ServerProcess first = await ServerProcess.StartAsync("--library", library, "--model", "none"))
        {
            // The first keeps the queue busy while the second is paused.
            await first.PostAsync("index", new { paths = new[] { path.Data } });
            id = (await first.PostAsync("index", new { paths = new[] { path.Data }, again = true })).GetProperty("id").GetString()!;
            await first.PostAsync($"jobs/{id}/pause");
            await first.KillAsync();
        }

        await using ServerProcess second = await ServerProcess.StartAsync("--library", library);
        JsonElement job = await second.GetAsync($"jobs/{id}");
        Assert.Equal(("paused", "index"), (job.GetProperty("status").GetString(), job.GetProperty("kind").GetString()));
        await second.PostAsync($"jobs/{id}/resume");
        Assert.Equal("done", await second.WaitAsync(id, "done", "failed"));
        Assert.Equal(path.Pictures.Length, (await second.GetAsync("images?limit=1")).GetProperty("total").GetInt32());
        await second.KillAsync();
        await using ServerProcess third = await ServerProcess.StartAsync("--library", library);
        Assert.Empty((await third.GetAsync("jobs")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Index_Promised_IsDoneThoughServersAreKilled()
    {
        string library = path.File("promised"), stranger = path.File("promised-pictures");
        Directory.CreateDirectory(stranger);
        for (int i = 0; i < path.Pictures.Length; i++)
            File.Copy(path.Pictures[i], Path.Combine(stranger, $"{i}.png"));
        string id;
        await using (ServerProcess first = await ServerProcess.StartAsync("--library", library, "--model", "none"))
        {
            await first.PostAsync("index", new { paths = new[] { path.Data } });
            id = (await first.PostAsync("index", new { paths = new[] { stranger } })).GetProperty("id").GetString()!;
            await first.KillAsync();
        }

        await using (ServerProcess second = await ServerProcess.StartAsync("--library", library))
        {
            Assert.Equal("done", await second.WaitAsync(id, "done", "failed"));
            JsonElement result = (await second.GetAsync($"jobs/{id}")).GetProperty("result");
            Assert.Equal(path.Pictures.Length, result.GetProperty("added").GetInt32() + result.GetProperty("known").GetInt32());
            await second.KillAsync();
        }

        await using ServerProcess third = await ServerProcess.StartAsync("--library", library);
        Assert.Empty((await third.GetAsync("jobs")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Bulk_KilledInTheMidst_IsWholeOrAbsentAfterwards()
    {
        string library = path.File("killed-bulk");
        await Ok("index", path.Data, "--model", "none", "--library", library);
        var random = new Random(1);
        int all = path.Pictures.Length;
        for (int i = 0; i < 5; i++)
        {
            string tag = $"round-{i}";
            bool acknowledged = false;
            await using (ServerProcess server = await ServerProcess.StartAsync("--library", library))
            {
                Task<HttpResponseMessage> change = server.Http.PostAsJsonAsync("annotations/bulk", new { query = new { }, add = new[] { tag }, rating = i }, TestContext.Current.CancellationToken);
                await Task.Delay(random.Next(i < 4 ? 120 : 2000), TestContext.Current.CancellationToken);
                await server.KillAsync();
                try
                {
                    acknowledged = (await change).IsSuccessStatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or SocketException)
                {
                    // killed before it answered, or just when the connection was made
                }
            }

            Run verified = await Run.PictorAsync("library", "verify", "--library", library);
            Assert.True(verified.Code == ExitCode.Done, verified.Out + verified.Error);
            await using ServerProcess after = await ServerProcess.StartAsync("--library", library);
            int tagged = (await after.GetAsync($"images?limit=1&tag={tag}")).GetProperty("total").GetInt32();
            Assert.True(tagged == all || (tagged == 0 && !acknowledged), $"{tagged} of {all}, acknowledged: {acknowledged}");
            JsonElement[] lines = [.. (await after.GetAsync("changes?limit=100")).GetProperty("items").EnumerateArray().Where(line => line.GetProperty("action").GetString() != "undo" && line.GetProperty("detail").ToString().Contains($"\"{tag}\"", StringComparison.Ordinal))];
            Assert.Equal(tagged == all ? 1 : 0, lines.Length);
            if (tagged == 0)
                continue;
            long back = (await after.PostAsync($"undo/{lines[0].GetProperty("id").GetInt64()}")).GetProperty("undo").GetInt64();
            Assert.Equal(0, (await after.GetAsync($"images?limit=1&tag={tag}")).GetProperty("total").GetInt32());
            await after.PostAsync($"undo/{back}");
            Assert.Equal(all, (await after.GetAsync($"images?limit=1&tag={tag}")).GetProperty("total").GetInt32());
        }
    }

    private static async Task<JsonElement> Ok(params string[] args)
    {
        Run run = await Run.PictorAsync([.. args, "--json"]);
        Assert.True(run.Code == ExitCode.Done, $"{string.Join(' ', args.Take(3))}: {run.Code} {run.Error}");
        return run.Json;
    }
}
