using Pictor.Imaging;

namespace Pictor.Library.Tests;

public sealed class FindTests
{
    [Fact]
    public async Task Find_PictureFromOutside_FillsTheLimit()
    {
        using var place = new Place();
        place.MakePictures(100);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);

        Page<Hit> page = await library.FindAsync(new PictureQuery(null, new PictureExample(null, "seven.png", Place.Png(4711))), 5);

        Assert.Equal(5, page.Items.Count);
        Assert.Equal(page.Items.OrderByDescending(h => h.Score).Select(h => h.Id), page.Items.Select(h => h.Id));
        Assert.All(page.Items, hit => Assert.InRange(hit.Score, 0, 1));
        Assert.All(page.Items, hit => Assert.Equal(("picture", "seven.png"), (hit.Reasons[0].Kind, hit.Reasons[0].Value)));
        Assert.Equal(100, page.Total + page.Weaker);
    }

    [Fact]
    public async Task Find_PictureOfTheLibraryAsFile_FindsItFirst()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(80);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);

        Page<Hit> asFile = await library.FindAsync(new PictureQuery(null, new PictureExample(null, "x", File.ReadAllBytes(files[33]))), 5);
        Page<Hit> asId = await library.FindAsync(new PictureQuery(null, new PictureExample(Place.IdOf(files[33]))), 5);

        Assert.Equal(Place.IdOf(files[33]), asFile.Items[0].Id);
        Assert.Equal(1, asFile.Items[0].Score, 5);
        Assert.DoesNotContain(asId.Items, hit => hit.Id == Place.IdOf(files[33]));
        Assert.Equal(asFile.Items.Skip(1).Select(h => h.Id), asId.Items.Take(4).Select(h => h.Id));
    }

    [Fact]
    public async Task Find_Pages_GiveEachHitOnce()
    {
        using var place = new Place();
        place.MakePictures(70);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        string id = library.List(1).Items[0].Id;

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            Page<Hit> page = library.Similar(id, 16, cursor);
            seen.AddRange(page.Items.Select(h => h.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(69, seen.Count);
        Assert.Equal(69, seen.Distinct().Count());
    }

    [Fact]
    public async Task Find_Words_TagsChineseNamesFileNamesAndNothing()
    {
        using var place = new Place();
        place.MakePictures(3);
        place.MakePicture("Holiday 海边.png", 10);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        string id = Place.IdOf(place[place.Pictures, "0001.png"]), other = Place.IdOf(place[place.Pictures, "Holiday 海边.png"]);
        await library.AnnotateAsync(id, AnnotationKind.Tag, "Sports Car", null, "ann");
        await library.AnnotateAsync(id, AnnotationKind.Tag, "跑车", null, "ann");
        await library.AnnotateAsync(other, AnnotationKind.Tag, "car", null, "ann");

        Assert.Equal([id], await Ids("sports car"));
        Assert.Equal([id], await Ids("ＳＰＯＲＴＳ"));
        Assert.Equal([id], await Ids("spo"));
        Assert.Equal(new[] { id, other }.Order(), (await Ids("车")).Order()); // whoever says car says 车
        Assert.Equal([other], await Ids("car -sports -\"sports car\""));
        Assert.Equal([other], await Ids("holiday"));
        Assert.Equal([other], await Ids("海"));
        Assert.Equal([other], await Ids("car 海边"));
        Assert.Empty(await Ids("giraffe"));
        Assert.Empty(await Ids("100% _"));
        Assert.Equal("search.empty", (await Assert.ThrowsAsync<InputException>(() => library.FindAsync(new PictureQuery(" ", null)))).Code);

        // What the model says is found by the Chinese name of its class too.
        AnnotationItem said = library.List().Items.SelectMany(i => library.Annotations(i.Id)).First(a => a.LabelId is not null);
        string chinese = new[] { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" }[said.LabelId![1] - (char)48];
        Assert.Equal((await Ids(said.Value)).Order(), (await Ids(chinese)).Order());
        Assert.Equal(library.List(filter: new PictureFilter(said.Value)).Total, library.List(filter: new PictureFilter(chinese)).Total);

        Page<Hit> both = await library.FindAsync(new PictureQuery("car", new PictureExample(null, "q", Place.Png(3))), 5);
        Assert.Equal(2, both.Items.Count);

        async Task<string[]> Ids(string text) => [.. (await library.FindAsync(new PictureQuery(text, null))).Items.Select(h => h.Id)];
    }

    [Fact]
    public async Task Recommend_FromIdsAndFiles_FillsTheLimitWithoutTheExamples()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(60);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        string liked = Place.IdOf(files[5]);

        Page<Hit> page = await library.RecommendAsync(
            [new PictureExample(liked), new PictureExample(null, "seven.png", Place.Png(900))], [new PictureExample(null, "one.png", File.ReadAllBytes(files[7]))], 10);

        Assert.Equal(10, page.Items.Count);
        Assert.Equal(10, page.Items.Select(h => h.Id).Distinct().Count());
        Assert.DoesNotContain(page.Items, h => h.Id == liked || h.Id == Place.IdOf(files[7]));
        Assert.All(page.Items, h => Assert.Contains(h.Reasons, r => r.Kind == "like" && (r.Value == liked || r.Value == "seven.png")));
        Assert.Equal(58, page.Total);
        Assert.Equal(57, (await library.RecommendAsync([new PictureExample(liked)], [new PictureExample(Place.IdOf(files[7])), new PictureExample(Place.IdOf(files[8]))], 500)).Items.Count);
        Assert.Equal(10, (await library.RecommendAsync([], [new PictureExample(liked)], 10)).Items.Count);
    }

    [Fact]
    public async Task Questions_WithUnknownOrBrokenExamples_SaySo()
    {
        using var place = new Place();
        place.MakePictures(3);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);

        Assert.Equal("picture.unknown", Assert.Throws<InputException>(() => library.Similar("ffffffffffffffff")).Code);
        Assert.Equal("picture.unknown", (await Assert.ThrowsAsync<InputException>(() => library.RecommendAsync([new PictureExample("nope")], []))).Code);
        Assert.Equal("recommend.no-examples", (await Assert.ThrowsAsync<InputException>(() => library.RecommendAsync([], []))).Code);
        await Assert.ThrowsAsync<PictureException>(() => library.FindAsync(new PictureQuery(null, new PictureExample(null, "x.txt", "hello"u8.ToArray()))));
        Assert.Equal("cursor.invalid", Assert.Throws<InputException>(() => library.List(10, "what?")).Code);
        Assert.Equal("limit.invalid", Assert.Throws<InputException>(() => library.List(0)).Code);
    }
}
