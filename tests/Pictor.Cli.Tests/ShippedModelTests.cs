using Pictor.Datasets;

namespace Pictor.Cli.Tests;

/// <summary>Packages that come with Pictor are named by their name, and the starter is taken where nothing else is named.</summary>
public sealed class ShippedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ShippedModelTests() => DrawnPictures.WriteFolder(_folder.File("drawn"), perClass: 1, seed: 3, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Annotate_NamedPackage_NeedsNoPath()
    {
        Run run = await Run.PictorAsync("annotate", _folder.File("drawn"), "--model", "demo", "--top", "50", "--json");

        Assert.True(run.Code == 0, run.Error);
        Assert.All(run.Json.GetProperty("items").EnumerateArray(), item => Assert.Equal(50, item.GetProperty("predictions").GetArrayLength()));
    }

    [Fact]
    public async Task Annotate_NothingNamedAndNoLibrary_TakesTheStarter()
    {
        Run run = await Run.PictorAsync("annotate", _folder.File("drawn"), "--library", _folder.File("nowhere"), "--top", "200", "--json");

        Assert.True(run.Code == 0, run.Error);
        Assert.All(run.Json.GetProperty("items").EnumerateArray(), item => Assert.Equal(200, item.GetProperty("predictions").GetArrayLength()));
    }

    [Theory]
    [InlineData(null, "starter")]
    [InlineData("none", null)]
    [InlineData("demo", "demo")]
    public async Task Index_NewLibrary_UsesWhatIsNamedElseTheStarter(string? named, string? expected)
    {
        string library = _folder.File("library");
        Run index = await Run.PictorAsync(["index", _folder.File("drawn"), "--library", library, "--json", .. named is null ? (string[])[] : ["--model", named]]);
        Assert.True(index.Code == 0, index.Error);

        Run list = await Run.PictorAsync("models", "list", "--library", library, "--json");
        Assert.Equal(expected is null ? [] : [expected], list.Json.GetProperty("items").EnumerateArray().Where(m => m.GetProperty("active").GetBoolean()).Select(m => m.GetProperty("name").GetString()!));

        // The second time nothing is said, and the library keeps what it uses.
        if (expected == "demo")
        {
            await Run.PictorAsync("index", _folder.File("drawn"), "--library", library, "--json");
            Run again = await Run.PictorAsync("models", "list", "--library", library, "--json");
            Assert.Equal("demo", Assert.Single(again.Json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("name").GetString())));
        }
    }

    [Fact]
    public async Task Annotate_PackageThatIsNowhere_SaysSo()
    {
        Run run = await Run.PictorAsync("annotate", _folder.File("drawn"), "--model", "startr", "--json");

        Assert.Equal(Terminal.ExitCode.Failed, run.Code);
        Assert.Contains("startr", run.Error, StringComparison.Ordinal);
        Assert.Contains("starter", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
