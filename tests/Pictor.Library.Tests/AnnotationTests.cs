namespace Pictor.Library.Tests;

public sealed class AnnotationTests
{
    [Fact]
    public async Task Reject_WordOfAModel_OutlivesReRunsAndOtherModels()
    {
        using var place = new Place();
        place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items.First(i => library.Annotations(i.Id).Count > 0).Id;
        AnnotationItem wrong = library.Annotations(id)[0];
        int tagged = library.List(filter: new PictureFilter(wrong.Value)).Total;

        Assert.True(await library.RejectAsync(id, wrong.Id, "ann"));
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        AnnotationItem stays = Assert.Single(library.Annotations(id), a => a.Value == wrong.Value);
        Assert.True(stays.Rejected);
        Assert.Equal(tagged - 1, library.List(filter: new PictureFilter(wrong.Value)).Total);
        Assert.DoesNotContain((await library.FindAsync(new PictureQuery(wrong.Value, null), 100)).Items, hit => hit.Id == id);

        // The same network under another name says the same, and is as wrong.
        await library.Models.AddAsync(place.Package("copy", seed: 1));
        await library.Models.UseAsync("copy");
        await library.AnnotateMissingAsync();
        Assert.True(Assert.Single(library.Annotations(id), a => a.Value == wrong.Value).Rejected);

        // Whoever rejected it may think again.
        await library.AnnotateAsync(id, AnnotationKind.Tag, wrong.Value, null, "ann");
        Assert.False(Assert.Single(library.Annotations(id), a => a.Value == wrong.Value).Rejected);
        Assert.Equal(tagged, library.List(filter: new PictureFilter(wrong.Value)).Total);
        Assert.False(await library.RejectAsync(id, 999_999, "ann"));
        Assert.False(await library.RejectAsync("ffffffffffffffff", wrong.Id, "ann"));
    }

    [Fact]
    public async Task Annotate_ByAPerson_OutranksTheModelAndSurvivesIt()
    {
        using var place = new Place();
        place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items.First(i => library.Annotations(i.Id).Count > 0).Id;
        AnnotationItem model = library.Annotations(id)[0];

        AnnotationItem mine = await library.AnnotateAsync(id, AnnotationKind.Tag, model.Value.ToUpperInvariant(), null, "ann");
        AnnotationItem twice = await library.AnnotateAsync(id, AnnotationKind.Tag, model.Value, null, "ann");
        AnnotationItem other = await library.AnnotateAsync(id, AnnotationKind.Caption, "a  bar in noise", null, "bob");
        AnnotationItem box = await library.AnnotateAsync(id, AnnotationKind.Box, "bar", new BoundingBox(0.1, 0.2, 0.3, 0.4), "bob");
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        Assert.Equal(mine.Id, twice.Id);
        Assert.Equal(model.LabelId, mine.LabelId);
        IReadOnlyList<AnnotationItem> all = library.Annotations(id);
        Assert.Equal("person ann", Assert.Single(all, a => string.Equals(a.Value, model.Value, StringComparison.OrdinalIgnoreCase)).Source);
        Assert.Contains(all, a => a.Id == other.Id);
        Assert.Equal(new BoundingBox(0.1, 0.2, 0.3, 0.4), Assert.Single(all, a => a.Id == box.Id).Box);

        // Taking one's own word back leaves the model's.
        Assert.True(await library.RejectAsync(id, mine.Id, "ann"));
        Assert.Equal("package a@1.0.0", Assert.Single(library.Annotations(id), a => a.Value == model.Value).Source);
        Assert.True(await library.RejectAsync(id, other.Id, "ann"));
        Assert.True(Assert.Single(library.Annotations(id), a => a.Id == other.Id).Rejected);
    }

    [Fact]
    public async Task Annotate_WrongInput_IsRefused()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("x.png", Place.Png(1))).Id!;

        Assert.Equal("annotation.empty", await Code("  ", AnnotationKind.Tag, null));
        Assert.Equal("annotation.box", await Code("x", AnnotationKind.Box, null));
        Assert.Equal("annotation.box", await Code("x", AnnotationKind.Box, new BoundingBox(0.5, 0.5, 0.6, 0.1)));
        Assert.Equal("annotation.box", await Code("x", AnnotationKind.Box, new BoundingBox(double.NaN, 0.5, 0.6, 0.1)));
        Assert.Equal("annotation.box", await Code("x", AnnotationKind.Tag, new BoundingBox(0.5, 0.5, 0.1, 0.1)));
        Assert.Equal("picture.unknown", (await Assert.ThrowsAsync<InputException>(() => library.AnnotateAsync("0000000000000000", AnnotationKind.Tag, "x", null, "ann"))).Code);

        async Task<string> Code(string value, AnnotationKind kind, BoundingBox? box) =>
            (await Assert.ThrowsAsync<InputException>(() => library.AnnotateAsync(id, kind, value, box, "ann"))).Code;
    }

    [Fact]
    public async Task Rate_StarsAndFavourite_AreKept()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("x.png", Place.Png(1))).Id!;

        Assert.True(await library.RateAsync(id, 4, null, "ann"));
        Assert.True(await library.RateAsync(id, null, true, "ann"));
        Assert.False(await library.RateAsync("0000000000000000", 1, null, "ann"));

        Assert.Equal((4, true), (library.Get(id)!.Rating, library.Get(id)!.Favourite));
        await Assert.ThrowsAsync<InputException>(() => library.RateAsync(id, 6, null, "ann"));
    }

    [Fact]
    public async Task List_WhileOthersAdd_GivesEachOfTheFirstOnce()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        for (int i = 0; i < 25; i++)
            await library.AddAsync($"{i}.png", Place.Png(i));
        HashSet<string> there = [.. library.List().Items.Select(i => i.Id)];

        var seen = new List<string>();
        string? cursor = null;
        int extra = 100;
        do
        {
            Page<PictureItem> page = library.List(4, cursor);
            seen.AddRange(page.Items.Select(i => i.Id));
            cursor = page.NextCursor;
            await library.AddAsync("new.png", Place.Png(extra++));
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.True(there.SetEquals(seen));
        Assert.Equal(25, seen.Count);
    }
}
