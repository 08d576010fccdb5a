using System.Text.Json;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>Correct, train, report, difference, deploy: in one sitting, by the commands themselves.</summary>
public sealed class CorrectionTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public async Task Correct_TrainReportDifferenceDeploy_InOneSitting()
    {
        string library = path.File("corrected"), run = path.File("next"), report = path.File("next-report");
        await Ok("index", path.Data, "--model", path.Model, "--library", library);
        string[] classes = [.. path.Pictures.Select(ClassOf).Distinct().Take(3)];
        foreach (string name in classes)
            await Ok(["tag", "add", $"my {name}", .. path.Pictures.Where(p => ClassOf(p) == name), "--library", library, "--user", "ann"]);
        Assert.Equal(3, (await Ok("history", "--library", library, "--by", "ann")).GetProperty("total").GetInt32());

        JsonElement head = await Ok("train", "--on", path.Model, "--library", library, "--out", run, "--name", "mine");
        string model = head.GetProperty("model").GetString()!;
        JsonElement judged = await Ok("evaluate", "--model", model, "--data", run + ".data", "--out", report);
        Assert.True(judged.GetProperty("samples").GetInt32() > 0);
        Assert.True(File.Exists(Path.Combine(report, "report.html")));

        await Ok("models", "add", model, "--library", library);
        JsonElement list = await Ok("models", "prepare", "mine", "--library", library);
        Assert.Equal("drawn", Active(list)); // read, and not yet in use
        JsonElement changes = await Ok("models", "diff", "mine", "--library", library, "--limit", "1000");
        Assert.Equal(0, changes.GetProperty("unread").GetInt32());
        Assert.True(changes.GetProperty("total").GetInt32() > 0);
        Assert.Equal("mine", Active(await Ok("models", "use", "mine", "--library", library)));

        // What people said is as it was, and the next head says it of its own accord.
        string picture = path.Pictures.First(p => ClassOf(p) == classes[0]);
        string id = Pictor.Imaging.ContentHash.IdOf(File.ReadAllBytes(picture));
        Assert.Contains((await Ok("tag", "list", id, "--library", library)).GetProperty("items").EnumerateArray(), a => a.GetProperty("value").GetString() == $"my {classes[0]}" && a.GetProperty("source").GetString() == "person ann");
        Assert.Equal("drawn", Active(await Ok("models", "rollback", "--library", library)));

        static string Active(JsonElement list) => list.GetProperty("items").EnumerateArray().Single(m => m.GetProperty("active").GetBoolean()).GetProperty("name").GetString()!;
    }

    [Fact]
    public async Task Commands_ChangeUndoAndTell()
    {
        string library = path.File("kept"), a = path.Pictures[0], b = path.Pictures[1];
        await Ok("index", path.Data, "--model", "none", "--library", library);

        long undo = (await Ok("tag", "add", "puppy", a, b, "--library", library)).GetProperty("undo").GetInt64();
        await Ok("tag", "merge", "puppy", "--into", "dog", "--library", library);
        await Ok("rate", "--stars", "4", "--favourite", "--tagged", "dog", "--library", library);
        await Ok("collection", "create", "Dogs", "--library", library);
        Assert.Equal(2, (await Ok("collection", "add", "Dogs", "--query", "dog", "--library", library)).GetProperty("changed").GetInt32());
        Assert.Equal(2, (await Ok("collection", "show", "dogs", "--library", library)).GetProperty("total").GetInt32());
        Assert.Equal("dog", Assert.Single((await Ok("tag", "list", "--library", library)).GetProperty("items").EnumerateArray()).GetProperty("value").GetString());
        Assert.Equal(2, (await Ok("undo", $"{undo}", "--library", library)).GetProperty("kept").GetInt32()); // renamed since

        Run unknown = await Run.PictorAsync("tag", "rename", "dgo", "--to", "cat", "--library", library);
        Assert.Equal(ExitCode.Failed, unknown.Code);
        Assert.Contains("Did you mean 'dog'", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, (await Run.PictorAsync("tag", "add", "x", "--library", library)).Code);
        Assert.Equal(ExitCode.WrongUsage, (await Run.PictorAsync("train", "--on", path.Model)).Code);

        string exported = path.File("exported");
        Assert.Equal(2, (await Ok("library", "export", exported, "--to", "csv", "--library", library)).GetProperty("pictures").GetInt32());
        Assert.True(File.Exists(Path.Combine(exported, "labels.csv")));
    }

    [Fact]
    public async Task Enhance_WritesCopiesAndSkipsWhatIsNoPicture()
    {
        string broken = path.File("broken.png"), to = path.File("better");
        await File.WriteAllTextAsync(broken, "no picture", TestContext.Current.CancellationToken);
        byte[] before = await File.ReadAllBytesAsync(path.Pictures[0], TestContext.Current.CancellationToken);

        Run run = await Run.PictorAsync("enhance", path.Pictures[0], broken, "--out", to, "--json");

        Assert.Equal(ExitCode.DoneWithSkips, run.Code);
        Assert.True(File.Exists(run.Json.GetProperty("items")[0].GetProperty("copy").GetString()));
        Assert.Equal(before, await File.ReadAllBytesAsync(path.Pictures[0], TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.DoneWithSkips, (await Run.PictorAsync("enhance", path.Pictures[0], "--out", to)).Code); // there already
        Assert.Equal(ExitCode.Failed, (await Run.PictorAsync("enhance", path.Pictures[0], "--out", to, "--do", "sharpn")).Code);
    }

    private static string ClassOf(string file) => Path.GetFileName(Path.GetDirectoryName(file)!);

    private static async Task<JsonElement> Ok(params string[] args)
    {
        Run run = await Run.PictorAsync([.. args, "--json"]);
        Assert.True(run.Code == ExitCode.Done, $"{string.Join(' ', args.Take(3))}: {run.Code} {run.Error}");
        return run.Json;
    }
}
