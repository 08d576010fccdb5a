using System.Text.Json;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>Every station by its command, on pictures that Pictor draws.</summary>
public sealed class WholePathTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public void Train_WritesTheRunFolder()
    {
        Assert.True(path.Trained.Code == 0, path.Trained.Error);
        Assert.Equal(path.Model, path.Trained.Json.GetProperty("model").GetString());
        Assert.Equal(
            ["checkpoints", "config.json", "curves.svg", "margins.csv", "metrics.jsonl", "model.pictor"],
            Directory.EnumerateFileSystemEntries(path.RunFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] lines = File.ReadAllLines(Path.Combine(path.RunFolder, "metrics.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.Equal(
            ["epoch", "learningRate", "seconds", "trainLoss", "valAccuracy", "valLoss"],
            JsonDocument.Parse(lines[^1]).RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Train_OverAnExistingRun_IsRefused()
    {
        Run again = await Run.PictorAsync("train", "--data", path.Data, "--network", "softmax", "--out", path.RunFolder);

        Assert.Equal(ExitCode.Failed, again.Code);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WritesTheReport()
    {
        Run run = await Run.PictorAsync("evaluate", "--model", path.Model, "--data", path.Data, "--out", path.Report, "--json");

        Assert.True(run.Code == 0, run.Error);
        Assert.True(run.Json.GetProperty("samples").GetInt32() > 0);
        Assert.Equal(
            ["predictions.csv", "report.html", "report.json", "report.txt"],
            Directory.EnumerateFiles(path.Report).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Evaluate_ItsOwnPredictions_GivesTheSameFigures()
    {
        string folder = path.File("again");
        Run first = await Run.PictorAsync("evaluate", "--model", path.Model, "--data", path.Data, "--split", "all", "--out", folder, "--json");
        Run second = await Run.PictorAsync("evaluate", "--predictions", Path.Combine(folder, "predictions.csv"), "--json");

        foreach (string figure in new[] { "accuracy", "logLoss", "calibrationError" })
            Assert.Equal(first.Json.GetProperty(figure).GetDouble(), second.Json.GetProperty(figure).GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Evaluate_ASplitThatDoesNotExist_ListsThoseThatDo()
    {
        Run run = await Run.PictorAsync("evaluate", "--model", path.Model, "--data", path.Data, "--split", "validation");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("val", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotate_OneGoodOneBad_EndsWithCode3()
    {
        string bad = path.File("bad.png");
        await File.WriteAllTextAsync(bad, "no picture", TestContext.Current.CancellationToken);
        Run run = await Run.PictorAsync("annotate", path.Pictures[0], bad, "--model", path.Model, "--json");

        Assert.Equal(ExitCode.DoneWithSkips, run.Code);
        JsonElement[] items = [.. run.Json.GetProperty("items").EnumerateArray()];
        Assert.Equal(5, items[0].GetProperty("predictions").GetArrayLength());
        Assert.False(items[0].TryGetProperty("problem", out _));
        Assert.Contains("bad.png", items[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_Again_FindsEverythingKnown()
    {
        Assert.True(path.Indexed.Code == 0, path.Indexed.Error);
        Assert.Equal(path.Pictures.Length, path.Indexed.Json.GetProperty("added").GetInt32() + path.Indexed.Json.GetProperty("known").GetInt32());
        Run again = await Run.PictorAsync("index", path.Data, "--library", path.Library, "--json");

        Assert.Equal(0, again.Json.GetProperty("added").GetInt32());
        Assert.Equal(path.Pictures.Length, again.Json.GetProperty("known").GetInt32());
    }

    [Fact]
    public async Task Search_ByAPictureOfTheLibrary_FindsItFirst()
    {
        Run run = await Run.PictorAsync("search", "--image", path.Pictures[3], "--library", path.Library, "--limit", "5", "--json");

        Assert.True(run.Code == 0, run.Error);
        JsonElement[] items = [.. run.Json.GetProperty("items").EnumerateArray()];
        Assert.Equal(5, items.Length);
        Assert.Equal(path.Pictures[3], items[0].GetProperty("file").GetString());
        Assert.Equal(1, items[0].GetProperty("score").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Recommend_LeavesItsExamplesOut()
    {
        Run run = await Run.PictorAsync("recommend", "--like", path.Pictures[0], "--dislike", path.Pictures[^1], "--library", path.Library, "--limit", "10", "--json");

        Assert.True(run.Code == 0, run.Error);
        string?[] files = [.. run.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("file").GetString())];
        Assert.Equal(10, files.Length);
        Assert.DoesNotContain(path.Pictures[0], files);
        Assert.DoesNotContain(path.Pictures[^1], files);
    }

    [Fact]
    public async Task Models_AddUseRollbackRemove_WalkTheirHistory()
    {
        string library = path.File("models-library");
        string other = path.File("other");
        Run trained = await Run.PictorAsync("train", "--data", path.Data, "--network", "softmax", "--size", "8", "--epochs", "1", "--out", other, "--name", "second", "--quiet");
        Assert.True(trained.Code == 0, trained.Error);
        await Run.PictorAsync("models", "add", path.Model, "--library", library);
        await Run.PictorAsync("models", "add", Path.Combine(other, "model.pictor"), "--library", library);

        Assert.Equal("drawn", await ActiveAsync("list"));
        Assert.Equal("second", await ActiveAsync("use", "second"));
        Assert.Equal("drawn", await ActiveAsync("rollback"));
        Run removed = await Run.PictorAsync("models", "remove", "second", "--library", library, "--json");
        Assert.Equal(1, removed.Json.GetProperty("items").GetArrayLength());
        Run refused = await Run.PictorAsync("models", "remove", "drawn", "--library", library);
        Assert.Equal(ExitCode.Failed, refused.Code);

        async Task<string?> ActiveAsync(params string[] verb)
        {
            Run run = await Run.PictorAsync(["models", .. verb, "--library", library, "--json"]);
            Assert.True(run.Code == 0, run.Error);
            return run.Json.GetProperty("items").EnumerateArray().Single(m => m.GetProperty("active").GetBoolean()).GetProperty("name").GetString();
        }
    }

    [Fact]
    public async Task Dataset_PreviewAndInfo_Work()
    {
        string sheet = path.File("sheet.png");
        Run preview = await Run.PictorAsync("dataset", "preview", path.Data, "--rotation", "20", "--flip", "--out", sheet);
        Run info = await Run.PictorAsync("dataset", "info", path.Data, "--json");

        Assert.True(preview.Code == 0, preview.Error);
        Assert.True(new FileInfo(sheet).Length > 1000);
        Assert.True(info.Code == 0, info.Error);
        Assert.Equal(path.Pictures.Length, info.Json.GetProperty("samples").GetInt32());
    }
}
