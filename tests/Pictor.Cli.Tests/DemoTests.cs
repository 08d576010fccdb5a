using System.Text.Json;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>The demo's library, filled once with the package that ships.</summary>
public sealed class PreparedDemo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Out => _folder.File("demo");

    public string Library => Path.Combine(Out, "library");

    /// <summary>What was drawn: tags by file name.</summary>
    public Dictionary<string, string[]> Drawn { get; private set; } = [];

    internal Run Filled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Filled = await Run.PictorAsync("demo", "--no-serve", "--json", "--out", Out);
        Assert.True(Filled.Code == 0, Filled.Error);
        Drawn = File.ReadLines(Path.Combine(Out, "labels.csv")).Skip(1).Select(row => row.Split(',')).ToDictionary(row => Path.GetFileName(row[0]), row => row[1].Split(';'));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What the demo promises: right tags, and searches that find just the right pictures.</summary>
public sealed class DemoTests(PreparedDemo demo) : IClassFixture<PreparedDemo>
{
    [Fact]
    public void Demo_TagsOfTheShippedPackage_EqualWhatWasDrawnOn95Percent()
    {
        int right = demo.Filled.Json.GetProperty("right").GetInt32(), all = demo.Filled.Json.GetProperty("all").GetInt32();

        Assert.Equal(240, all);
        Assert.True(right >= 0.95 * all, $"{right} of {all}");
        Assert.Contains("drawn these pictures itself", demo.Filled.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red circle", "red", "circle")]
    [InlineData("红色圆", "red", "circle")]
    [InlineData("红色圆形", "red", "circle")]
    [InlineData("红色的圆", "red", "circle")]
    [InlineData("blue star", "blue", "star")]
    [InlineData("蓝色五角星", "blue", "star")]
    [InlineData("房子 树", "house", "tree")]
    public async Task Search_OfTwoTags_FindsJustThePicturesWithBoth(string text, string first, string second)
    {
        Run search = await Run.PictorAsync("search", text, "--library", demo.Library, "--limit", "100", "--json");

        Assert.True(search.Code == 0, search.Error);
        string[] found = [.. search.Json.GetProperty("items").EnumerateArray().Select(item => Path.GetFileName(item.GetProperty("file").GetString()!))];
        string[] expected = [.. demo.Drawn.Where(d => d.Value.Contains(first) && d.Value.Contains(second)).Select(d => d.Key)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Demo_Again_DrawsAndReadsNothingAnew()
    {
        DateTime drawn = File.GetLastWriteTimeUtc(Path.Combine(demo.Out, "labels.csv"));
        Run again = await Run.PictorAsync("demo", "--no-serve", "--json", "--out", demo.Out);

        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(demo.Filled.Json.GetProperty("right").GetInt32(), again.Json.GetProperty("right").GetInt32());
        Assert.Equal(drawn, File.GetLastWriteTimeUtc(Path.Combine(demo.Out, "labels.csv")));
    }

    [Fact]
    public async Task DemoTrain_WhereTheOtherDemoLies_IsRefused()
    {
        Run run = await Run.PictorAsync("demo", "--train", "--no-serve", "--out", demo.Out);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("--force", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_OfLabelledPicturesWithoutTrain_NamesTheWay()
    {
        Run run = await Run.PictorAsync("demo", "pictures/");

        Assert.Equal(ExitCode.WrongUsage, run.Code);
        Assert.Contains("--train", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoTrain_OnLabelledPictures_TrainsJudgesAndIndexes()
    {
        using var temp = new TemporaryFolder();
        Pictor.Datasets.DrawnPictures.WriteFolder(temp.File("few"), perClass: 4, seed: 1, TestContext.Current.CancellationToken);
        Run run = await Run.PictorAsync("demo", "--train", temp.File("few"), "--no-serve", "--json", "--out", temp.File("out"));

        Assert.True(run.Code == 0, run.Error);
        Assert.True(File.Exists(run.Json.GetProperty("report").GetString()));
        Assert.True(File.Exists(Path.Combine(run.Json.GetProperty("run").GetString()!, "model.pictor")));
        Run similar = await Run.PictorAsync("search", "--image", Directory.EnumerateFiles(temp.File("few"), "*.png", SearchOption.AllDirectories).First(), "--library", run.Json.GetProperty("library").GetString()!, "--json");
        Assert.True(similar.Json.GetProperty("items").GetArrayLength() > 0);
    }

    [Fact]
    public async Task DemoRender_WritesALabelledSet()
    {
        using var temp = new TemporaryFolder();
        Run run = await Run.PictorAsync("demo", "--render", temp.File("set"), "--count", "12", "--seed", "9", "--side", "32", "--json");

        Assert.True(run.Code == 0, run.Error);
        Run info = await Run.PictorAsync("dataset", "info", temp.File("set"), "--json");
        Assert.True(info.Code == 0, info.Error);
        Assert.Equal(12, Directory.GetFiles(Path.Combine(temp.File("set"), "pictures")).Length);
        Assert.Equal(JsonValueKind.Object, info.Json.ValueKind);
    }
}
