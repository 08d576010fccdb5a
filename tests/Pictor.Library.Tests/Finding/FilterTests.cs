using Pictor.Imaging;

namespace Pictor.Library.Tests.Finding;

public sealed class FilterTests
{
    [Fact]
    public async Task Find_EachFilter_KeepsWhatFitsAndNothingElse()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string red = Make(place, "holiday 2023/red.png", 40, 30, (200, 20, 20)), blue = Make(place, "work/blue.png", 300, 300, (20, 20, 210)), grey = Make(place, "work/deep/灰色.png", 10, 20, (120, 120, 120));
        await library.IndexAsync([place.Pictures]);
        await library.AnnotateAsync(red, AnnotationKind.Tag, "Beach", null, "ann");
        await library.AnnotateAsync(red, AnnotationKind.Caption, "Running along the sea in the evening", null, "ann");
        await library.AnnotateAsync(blue, AnnotationKind.Tag, "貓", null, "bob");
        await library.RateAsync(red, 5, true, "ann");
        await library.RateAsync(blue, 2, null, "ann");

        await Check("tag:beach", red);
        await Check("标签:猫", blue);
        await Check("tag:beach|猫", red, blue);
        await Check("-tag:beach", blue, grey);
        await Check("is:untagged", grey);
        await Check("folder:holiday", red);
        await Check("folder:work/deep", grey);
        await Check("folder:work", blue, grey);
        await Check("name:blu", blue);
        await Check("text:\"run along\"", red);
        await Check("colour:red", red);
        await Check("颜色:红|蓝", red, blue);
        await Check("rating:>=4", red);
        await Check("rating:2..4", blue);
        await Check("rating:0", grey);
        await Check("favourite:yes", red);
        await Check("-favourite:yes", blue, grey);
        await Check("format:png", red, blue, grey);
        await Check("format:jpg");
        await Check("width:>=40 height:<100", red);
        await Check("size:40px", red);
        await Check("size:>0.05mp", blue);
        await Check("size:<1mb", red, blue, grey);
        await Check("by:person", red, blue);
        await Check("by:ann", red);
        await Check("tag:beach by:bob");
        await Check("by:model");
        await Check("confidence:>0.8", red, blue);
        await Check("date:2023");
        await Check("-date:2023", red, blue, grey);
        await Check("added:2020..", red, blue, grey);
        await Check("is:duplicate");
        await Check("tag:beach|colour:blue", red, blue);
        await Check("is:竖幅", grey);

        await CheckBoth("sea", "rating:>3", [red]);
        await CheckBoth("sea rating:<3", null, []);
        await CheckBoth("beach|猫", null, [red, blue]);
        await CheckBoth("猫|colour:red", null, [red, blue]);
        await CheckBoth("work -猫", null, [grey]);

        Assert.Equal([red, blue, grey], (await Find("", "format:png", SearchSort.Rating)).Items.Select(h => h.Id));
        Assert.Equal([blue, red, grey], (await Find("", "format:png", SearchSort.Name)).Items.Select(h => h.Id));
        Page<Hit> first = await library.FindAsync(new PictureQuery { Filter = "format:png", Sort = SearchSort.Size }, 2), second = await library.FindAsync(new PictureQuery { Filter = "format:png", Sort = SearchSort.Size }, 2, first.NextCursor);
        Assert.Equal(3, first.Items.Concat(second.Items).Select(h => h.Id).Distinct().Count());
        Assert.Null(second.NextCursor);

        async Task Check(string? filter, params string[] expected) => await CheckBoth(null, filter, expected);
        async Task CheckBoth(string? text, string? filter, string[] expected)
        {
            Page<Hit> page = await Find(text, filter);
            Assert.Equal(expected.Order(), page.Items.Select(h => h.Id).Order());
            Assert.Equal(expected.Length, page.Total);
            if (text is null)
                Assert.Equal(expected.Order(), library.List(filter: new PictureFilter { Filter = filter }).Items.Select(i => i.Id).Order());
        }

        Task<Page<Hit>> Find(string? text, string? filter, SearchSort sort = SearchSort.Relevance) => library.FindAsync(new PictureQuery(text) { Filter = filter, Sort = sort });
    }

    [Theory]
    [InlineData("date:yesterday", 6, "is no date")]
    [InlineData("date:2023-13", 6, "is no date")]
    [InlineData("tag:x size:3", 12, "is no size")]
    [InlineData("size:bigmp", 6, "is no number")]
    [InlineData("format:txt", 8, "is no format")]
    [InlineData("colour:loud", 8, "is no colour")]
    [InlineData("rating:many", 8, "is no number")]
    [InlineData("confidence:>8", 12, "is no confidence")]
    [InlineData("favourite:maybe", 11, "neither yes nor no")]
    [InlineData("is:blury", 4, "Did you mean 'is:blurry'?")]
    public async Task Find_WrongValue_NamesTheCharacter(string filter, int at, string part)
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        InputException fault = await Assert.ThrowsAsync<InputException>(() => library.FindAsync(new PictureQuery(filter)));
        Assert.Equal($"text, character {at}", fault.Subject);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    private static string Make(Place place, string name, int width, int height, (byte R, byte G, byte B) colour)
    {
        string path = Path.Combine(place.Pictures, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] data = new byte[width * height * 3];
        for (int i = 0; i < data.Length; i += 3)
            (data[i], data[i + 1], data[i + 2]) = colour;
        File.WriteAllBytes(path, PictureWriter.Png(new Pixels(width, height, 3, data)));
        return Place.IdOf(path);
    }
}
