using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Cli.Tests;

public sealed class WriteXmpTests
{
    [Fact]
    public async Task WriteXmp_DryRunThenApply_SaysAndWritesTheSame()
    {
        using var temp = new TemporaryFolder();
        string pictures = Path.Combine(temp.Path, "pics"), library = Path.Combine(temp.Path, "lib"), picture = Path.Combine(pictures, "a.png");
        Directory.CreateDirectory(pictures);
        File.WriteAllBytes(picture, PictureWriter.Png(new Pixels(32, 32, 1, [.. Enumerable.Range(0, 1024).Select(i => (byte)i)])));
        Assert.Equal(0, (await Run.PictorAsync("index", pictures, "--library", library, "--model", "none", "--quiet")).Code);
        await using (var open = await Pictor.Library.PictureLibrary.OpenAsync(library, cancellationToken: TestContext.Current.CancellationToken))
            await open.AnnotateAsync(ContentHash.IdOf(File.ReadAllBytes(picture)), AnnotationKind.Tag, "红色的圆", null, "ada", TestContext.Current.CancellationToken);

        Run dry = await Run.PictorAsync("library", "write-xmp", "--library", library, "--json");
        Assert.False(File.Exists(picture + ".xmp"));
        Run text = await Run.PictorAsync("library", "write-xmp", "--library", library);
        Run wet = await Run.PictorAsync("library", "write-xmp", pictures, "--apply", "--library", library, "--json");
        Run again = await Run.PictorAsync("library", "write-xmp", "--apply", "--library", library, "--json");

        Assert.Equal([0, 0, 0, 0], new[] { dry, text, wet, again }.Select(run => run.Code));
        Assert.Equal([false, true], new[] { dry, wet }.Select(run => run.Json.GetProperty("applied").GetBoolean()));
        Assert.Equal(dry.Json.GetProperty("items").GetRawText(), wet.Json.GetProperty("items").GetRawText());
        JsonElement item = Assert.Single(dry.Json.GetProperty("items").EnumerateArray());
        Assert.Equal((picture + ".xmp", "红色的圆", true), (item.GetProperty("file").GetString(), item.GetProperty("add")[0].GetString(), item.GetProperty("new").GetBoolean()));
        Assert.Contains("Nothing was written. With --apply it is.", text.Out, StringComparison.Ordinal);
        Assert.Equal(0, again.Json.GetProperty("items").GetArrayLength());
        Assert.Equal("红色的圆", Assert.Single(XmpReader.Read(File.ReadAllBytes(picture + ".xmp")).Keywords).Word);
    }

    [Fact]
    public async Task WriteXmp_SomethingInTheWay_IsListedWithExitCode3()
    {
        using var temp = new TemporaryFolder();
        string picture = Path.Combine(temp.Path, "a.png"), library = Path.Combine(temp.Path, "lib");
        File.WriteAllBytes(picture, PictureWriter.Png(new Pixels(8, 8, 1, new byte[64])));
        await Run.PictorAsync("index", picture, "--library", library, "--model", "none", "--quiet");
        File.WriteAllText(picture + ".xmp", "no XML");
        await using (var open = await Pictor.Library.PictureLibrary.OpenAsync(library, cancellationToken: TestContext.Current.CancellationToken))
            await open.AnnotateAsync(ContentHash.IdOf(File.ReadAllBytes(picture)), AnnotationKind.Tag, "dot", null, "ada", TestContext.Current.CancellationToken);

        Run run = await Run.PictorAsync("library", "write-xmp", "--apply", "--library", library);
        Run nowhere = await Run.PictorAsync("library", "write-xmp", "--apply", "--library", Path.Combine(temp.Path, "none"));

        Assert.Equal(3, run.Code);
        Assert.Contains("left alone", run.Error, StringComparison.Ordinal);
        Assert.Equal("no XML", File.ReadAllText(picture + ".xmp"));
        Assert.Equal(1, nowhere.Code);
        Assert.False(Directory.Exists(Path.Combine(temp.Path, "none")));
    }
}
