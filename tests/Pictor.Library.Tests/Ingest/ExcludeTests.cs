using Pictor.Library.Ingest;

namespace Pictor.Library.Tests.Ingest;

public sealed class ExcludeTests
{
    [Theory]
    [InlineData("*.psd", "a/b/x.psd", false, true)]
    [InlineData("*.psd", "a/b/x.PSD", false, true)]
    [InlineData("*.psd", "a/b.psd/x.png", false, false)] // its folder is asked on its own
    [InlineData("tmp/", "a/tmp", true, true)]
    [InlineData("tmp/", "a/tmp", false, false)]
    [InlineData("raw/tmp", "raw/tmp", true, true)]
    [InlineData("raw/tmp", "a/raw/tmp", true, false)]
    [InlineData("/tmp", "tmp", true, true)]
    [InlineData("/tmp", "a/tmp", true, false)]
    [InlineData("raw/**/tmp", "raw/tmp", true, true)]
    [InlineData("raw/**/tmp", "raw/a/b/tmp", true, true)]
    [InlineData("**/cache/*.png", "cache/1.png", false, true)]
    [InlineData("**/cache/*.png", "x/y/cache/1.png", false, true)]
    [InlineData("**/cache/*.png", "x/y/cache/z/1.png", false, false)]
    [InlineData("a?c", "abc", false, true)]
    [InlineData("a?c", "abbc", false, false)]
    public void Match_Patterns_AsInGitignore(string pattern, string path, bool isFolder, bool excluded) =>
        Assert.Equal(excluded, ExcludePatterns.Of([pattern]).Match(path, isFolder));

    [Theory]
    [InlineData("*")]
    [InlineData("**/*")]
    [InlineData("/")]
    [InlineData("a/../b")]
    public async Task Index_PatternForAllOrNothing_IsRefused(string pattern)
    {
        using var place = new Place();
        place.MakePictures(1);
        await using PictureLibrary library = await place.OpenAsync();

        Assert.Equal("index.bad-pattern", (await Assert.ThrowsAsync<InputException>(() => library.IndexAsync([place.Pictures], new IndexOptions { Exclude = [pattern] }))).Code);
    }

    [Fact]
    public async Task Index_Excluded_IsPassedOverKeptAndBroughtBack()
    {
        using var place = new Place();
        place.MakePictures(3);
        string drawing = place.MakePicture("drawings/a.png", 50), deep = place.MakePicture("x/drawings/b.png", 51);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        await library.AnnotateAsync(Place.IdOf(drawing), AnnotationKind.Tag, "kept", null, "ann");

        IndexOutcome without = await library.IndexAsync([place.Pictures], new IndexOptions { Exclude = ["drawings/"] });
        IndexOutcome still = await library.IndexAsync([place.Pictures]);
        Assert.Equal((3, 2), (without.Known, without.Missing));
        Assert.Equal((3, 0), (still.Known, still.Missing)); // the pattern was kept
        Assert.Equal(["drawings/"], Assert.Single(library.Folders()).Exclude);
        Assert.True(library.Get(Place.IdOf(deep))!.Missing);

        IndexOutcome back = await library.IndexAsync([place.Pictures], new IndexOptions { Exclude = [] });
        Assert.Equal((0, 5, 0), (back.Added, back.Known, back.Missing));
        Assert.False(library.Get(Place.IdOf(drawing))!.Missing);
        Assert.Contains(library.Annotations(Place.IdOf(drawing)), a => a.Value == "kept");
    }
}
