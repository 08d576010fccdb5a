using Pictor.Library.Finding;

namespace Pictor.Library.Tests;

/// <summary>Words written without blanks between them.</summary>
public sealed class UnspacedTermsTests
{
    private static readonly HashSet<string> s_names = ["红", "红色", "圆", "圆形", "大", "熊", "猫", "熊猫", "船", "帆船", "red"];

    [Theory]
    [InlineData("红色圆", "红色 圆")]
    [InlineData("红圆", "红 圆")]
    [InlineData("红色圆形", "红色 圆形")]
    [InlineData("红色的圆形", "红色 圆形")]
    [InlineData("大熊猫", "大 熊猫")]
    [InlineData("red圆", "red 圆")]
    [InlineData("熊猫", "熊猫")]
    [InlineData("红色方", "红色方")]
    [InlineData("的", "的")]
    [InlineData("海边", "海边")]
    public void Split_OfKnownNames_TakesTheFewest(string term, string expected) => Assert.Equal(expected.Split(' '), UnspacedTerms.Split(term, s_names));

    [Fact]
    public async Task Find_TwoChineseTagsInOneTerm_NeedsBoth()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(4);
        await using PictureLibrary library = await place.OpenWithModelAsync(threshold: 1);
        await library.IndexAsync([place.Pictures]);
        foreach ((int picture, string tag) in new[] { (0, "three"), (0, "seven"), (1, "three"), (2, "三七") })
            await library.AnnotateAsync(Place.IdOf(files[picture]), AnnotationKind.Tag, tag, null, "ann");

        Assert.Equal([Place.IdOf(files[0]), Place.IdOf(files[2])], await FoundAsync("三七"));
        Assert.Equal([Place.IdOf(files[0])], await FoundAsync("three的seven"));
        Assert.Empty(await FoundAsync("三八"));

        async Task<string[]> FoundAsync(string text) => [.. (await library.FindAsync(new PictureQuery(text, null))).Items.Select(hit => hit.Id).OrderBy(id => Array.FindIndex([.. files], f => Place.IdOf(f) == id))];
    }
}
