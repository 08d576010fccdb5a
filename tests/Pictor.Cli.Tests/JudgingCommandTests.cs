using System.Text.Json;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>explain, models calibrate, runs and evaluate --against, as a person calls them.</summary>
public sealed class JudgingCommandTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public async Task Explain_WritesAMapAndTellsTheGrid()
    {
        string map = path.File("map.png");
        Run run = await Run.PictorAsync("explain", path.Pictures[0], "--model", path.Model, "--grid", "5", "--out", map, "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(["file", "id", "label", "labelId", "probability", "grid", "region", "drops", "map"], run.Json.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(5, run.Json.GetProperty("drops").GetArrayLength());
        Assert.True(new FileInfo(map).Length > 500);
        Run wrong = await Run.PictorAsync("explain", path.Pictures[0], "--model", path.Model, "--label", "nothing like it", "--out", map);
        Assert.Equal(ExitCode.Failed, wrong.Code);
        Assert.Contains("is not among the", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_MakesAPackageThatIsJudgedAgainstTheOld()
    {
        string made = path.File("calibrated.pictor");
        Run run = await Run.PictorAsync("models", "calibrate", path.Model, "--data", path.Data, "--precision", "0.5", "--out", made, "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("val", run.Json.GetProperty("split").GetString());
        Run judged = await Run.PictorAsync("evaluate", "--model", made, "--data", path.Data, "--split", "all", "--against", path.Model, "--slice-by", "size", "--json");
        Assert.True(judged.Code == 0, judged.Error);
        JsonElement comparison = judged.Json.GetProperty("comparison");
        Assert.Equal((0, 0, 1.0), (comparison.GetProperty("onlyFirst").GetInt32(), comparison.GetProperty("onlySecond").GetInt32(), comparison.GetProperty("pValue").GetDouble()));
    }

    [Fact]
    public async Task Runs_ListAndCompare_Work()
    {
        string other = path.File("other-run");
        Run trained = await Run.PictorAsync("train", "--data", path.Data, "--network", "softmax", "--size", "16", "--epochs", "1", "--out", other, "--name", "other", "--quiet");
        Assert.True(trained.Code == 0, trained.Error);
        Run list = await Run.PictorAsync("runs", "list", Path.GetDirectoryName(path.RunFolder)!, "--json");
        Assert.True(list.Code == 0, list.Error);
        Assert.Equal(2, list.Json.GetProperty("items").GetArrayLength());
        Assert.All(list.Json.GetProperty("items").EnumerateArray(), r => Assert.Equal("finished", r.GetProperty("state").GetString()));
        string page = path.File("compare.html");
        Run compared = await Run.PictorAsync("runs", "compare", path.RunFolder, other, "--data", path.Data, "--out", page, "--json");
        Assert.True(compared.Code == 0, compared.Error);
        Assert.Equal(["epochs"], compared.Json.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("field").GetString()), StringComparer.Ordinal);
        Assert.Equal(1, compared.Json.GetProperty("comparisons").GetArrayLength());
        Assert.Contains("Against other", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs list {temp}/nowhere", ExitCode.Failed, "no such folder")]
    [InlineData("runs compare one", ExitCode.WrongUsage, "--help")]
    [InlineData("explain x.png --model nowhere.pictor", ExitCode.Failed, "nowhere.pictor")]
    [InlineData("models calibrate nowhere.pictor --data x --out {temp}/y", ExitCode.Failed, "nowhere.pictor")]
    [InlineData("evaluate --predictions nowhere.csv --precision 2", ExitCode.Failed, "--precision")]
    public async Task BadLine_IsExplained(string line, int code, string told)
    {
        Run run = await Run.PictorAsync(line.Replace("{temp}", path.File(""), StringComparison.Ordinal).Split(' '));
        Assert.Equal(code, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
