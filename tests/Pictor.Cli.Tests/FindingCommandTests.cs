using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Cli.Tests;

public sealed class FindingCommandTests
{
    [Fact]
    public async Task SearchAndDuplicates_OverALibraryWithoutAModel_AnswerAndNameFaults()
    {
        using var temp = new TemporaryFolder();
        string pictures = Directory.CreateDirectory(temp.File("pics")).FullName, library = temp.File("lib");
        foreach ((string name, byte grey) in (ReadOnlySpan<(string, byte)>)[("Beach Ball.png", 10), ("长城.png", 120), ("third.png", 250)])
            File.WriteAllBytes(Path.Combine(pictures, name), PictureWriter.Png(new Pixels(40, 30, 1, [.. Enumerable.Repeat(grey, 1200)])));
        File.Copy(Path.Combine(pictures, "third.png"), Path.Combine(pictures, "third again.png"));
        Assert.Equal(0, (await Run.PictorAsync("index", pictures, "--library", library, "--model", "none", "--json")).Code);

        Assert.Equal(["Beach Ball.png"], await Names("beaches format:png"));
        Assert.Equal(["长城.png"], await Names("長城"));
        Assert.Equal(["third again.png", "长城.png"], [.. (await Names("third|长城 -\"black\" size:40px")).Order(StringComparer.Ordinal)]);
        Assert.Equal(3, (await Run.PictorAsync("search", "--filter", "格式:png", "--sort", "name", "--library", library, "--json")).Json.GetProperty("total").GetInt32());

        Run wrong = await Run.PictorAsync("search", "ball colr:red", "--library", library);
        Assert.Equal(1, wrong.Code);
        Assert.Contains("text, character 6: there is no filter 'colr'. Did you mean 'color:'?", wrong.Error, StringComparison.Ordinal);
        Run region = await Run.PictorAsync("search", "--image", Path.Combine(pictures, "third.png"), "--region", "0,0,2,2", "--library", library);
        Assert.Equal(1, region.Code);
        Assert.Contains("--region", region.Error, StringComparison.Ordinal);

        Run duplicates = await Run.PictorAsync("duplicates", "--library", library, "--json");
        Assert.True(duplicates.Code == 0, duplicates.Error);
        JsonElement group = Assert.Single(duplicates.Json.GetProperty("items").EnumerateArray().ToArray());
        Assert.Equal("same-bytes", group.GetProperty("tier").GetString());
        Assert.Equal(2, group.GetProperty("items").GetArrayLength());
        Assert.Single(group.GetProperty("items").EnumerateArray().ToArray(), i => i.GetProperty("best").GetBoolean());
        Assert.Contains("keep", (await Run.PictorAsync("duplicates", "--library", library)).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await Run.PictorAsync("duplicates", "--tier", "copys", "--library", library)).Code);

        async Task<string[]> Names(string text)
        {
            Run search = await Run.PictorAsync("search", text, "--library", library, "--json");
            Assert.True(search.Code == 0, search.Error);
            return [.. search.Json.GetProperty("items").EnumerateArray().Select(i => Path.GetFileName(i.GetProperty("file").GetString()!))];
        }
    }
}
