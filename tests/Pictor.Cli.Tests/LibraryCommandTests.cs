using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

/// <summary>The noun <c>library</c>, and what <c>index</c> can do besides.</summary>
public sealed class LibraryCommandTests(PreparedPath path) : IClassFixture<PreparedPath>
{
    [Fact]
    public async Task Library_InfoVerifyBackupRestore_GoTogether()
    {
        string saved = path.File("saved.zip"), again = path.File("again");
        Run info = await Run.PictorAsync("library", "info", "--library", path.Library, "--json"), verify = await Run.PictorAsync("library", "verify", "--deep", "--library", path.Library);
        Run backup = await Run.PictorAsync("library", "backup", saved, "--library", path.Library, "--json"), restore = await Run.PictorAsync("library", "restore", saved, "--library", again, "--json");
        Run second = await Run.PictorAsync("library", "restore", saved, "--library", again), search = await Run.PictorAsync("search", "--image", path.Pictures[0], "--library", again, "--json");
        Run text = await Run.PictorAsync("library", "info", "--library", again);

        Assert.Equal(path.Pictures.Length, info.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(path.Data, info.Json.GetProperty("folders")[0].GetProperty("path").GetString());
        Assert.True(verify.Code == 0 && verify.Out.StartsWith("Sound", StringComparison.Ordinal), verify.Out + verify.Error);
        Assert.True(backup.Code == 0, backup.Error);
        Assert.Equal(path.Pictures.Length, restore.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(ExitCode.Failed, second.Code);
        Assert.True(search.Json.GetProperty("items").GetArrayLength() > 0);
        Assert.Contains("pictures", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Faults_FailUntilTheyAreRepaired()
    {
        string library = path.File("faulty");
        await Run.PictorAsync("index", path.Data, "--model", "none", "--library", library);
        string stray = Path.Combine(library, "thumbnails", "ab", "abcdefabcdefabcd-256.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "x", TestContext.Current.CancellationToken);

        Run found = await Run.PictorAsync("library", "verify", "--library", library), mended = await Run.PictorAsync("library", "verify", "--repair", "--library", library, "--json");

        Assert.Equal((ExitCode.Failed, ExitCode.Done), (found.Code, mended.Code));
        Assert.Contains("thumbnail.orphan", found.Out, StringComparison.Ordinal);
        Assert.True(mended.Json.GetProperty("faults")[0].GetProperty("repaired").GetBoolean());
        Assert.False(File.Exists(stray));
    }

    [Fact]
    public async Task Index_CopyAndExclude_AreKept()
    {
        string library = path.File("copied");
        Run copied = await Run.PictorAsync("index", path.Data, "--copy", "--model", "none", "--library", library, "--json"), excluded = await Run.PictorAsync("index", path.Data, "--exclude", "*.png", "x/", "--model", "none", "--library", library, "--json");
        Run folders = await Run.PictorAsync("library", "folders", "--library", library, "--json"), forgotten = await Run.PictorAsync("library", "folders", "--forget", path.Data, "--library", library, "--json");
        Run again = await Run.PictorAsync("library", "folders", "--forget", path.Data, "--library", library);

        Assert.Equal(path.Pictures.Length, copied.Json.GetProperty("added").GetInt32());
        Assert.Equal(0, excluded.Json.GetProperty("added").GetInt32() + excluded.Json.GetProperty("known").GetInt32());
        Assert.Equal(["*.png", "x/"], folders.Json.GetProperty("items")[0].GetProperty("exclude").EnumerateArray().Select(e => e.GetString()!));
        Assert.Equal(0, forgotten.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(ExitCode.Failed, again.Code);
    }
}
