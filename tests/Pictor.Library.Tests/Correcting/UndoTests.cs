namespace Pictor.Library.Tests.Correcting;

public sealed class UndoTests
{
    private static readonly string[] Tags = ["zero", "one", "二", "three", "seven", "beach", "black and white", "Strand"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Undo_AnyChangesInReverse_BringsBackEveryRow(int seed)
    {
        using var place = new Place();
        place.MakePictures(12);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. library.List().Items.Select(i => i.Id)];
        var random = new Random(seed);
        for (int i = 0; i < 10; i++)
            await ChangeAsync(library, ids, random); // something to come back to
        string[] before = Statements.Of(place);

        var undo = new Stack<(long Change, string[] After)>();
        for (int i = 0; i < 40; i++)
        {
            if (await ChangeAsync(library, ids, random) is { } change)
                undo.Push((change, Statements.Of(place)));
            if (i % 13 == 12)
                await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });
        }

        Assert.InRange(undo.Count, 20, 40);
        var redo = new Stack<(long Undo, string[] After)>();
        foreach ((long change, string[] after) in undo)
        {
            ChangeReceipt receipt = await library.UndoAsync(change, "eve");
            Assert.Equal(0, receipt.Kept);
            redo.Push((receipt.Undo!.Value, after));
        }

        Assert.Equal(before, Statements.Of(place));
        foreach ((long again, string[] after) in redo)
        {
            await library.UndoAsync(again, "eve");
            Assert.Equal(after, Statements.Of(place));
        }
    }

    [Fact]
    public async Task Undo_AfterSomebodySpokeAgain_KeepsTheLaterWord()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string a = (await library.AddAsync("a.png", Place.Png(1))).Id!, b = (await library.AddAsync("b.png", Place.Png(2))).Id!;
        ChangeReceipt add = await Bulk(library, "ann", new BulkChange { Add = ["beach"], Rating = 4 }, a, b);
        Assert.Equal(2, add.Changed);
        await Bulk(library, "bob", new BulkChange { Reject = ["beach"], Favourite = true }, a);
        await Bulk(library, "bob", new BulkChange { Rating = 2 }, b);

        ChangeReceipt undone = await library.UndoAsync(add.Undo!.Value, "ann");

        Assert.Equal(2, undone.Kept); // the tag of a, the stars of b
        Assert.True(Assert.Single(library.Annotations(a)).Rejected);
        Assert.Empty(library.Annotations(b));
        Assert.Equal((0, true), (library.Get(a)!.Rating, library.Get(a)!.Favourite));
        Assert.Equal(2, library.Get(b)!.Rating);
        Assert.Equal("change.undone", (await Assert.ThrowsAsync<InputException>(() => library.UndoAsync(add.Undo.Value, "ann"))).Code);
        Assert.Equal("change.unknown", (await Assert.ThrowsAsync<InputException>(() => library.UndoAsync(999, "ann"))).Code);
    }

    [Fact]
    public async Task Undo_OfAWithdrawal_DoesNotOutvoteALaterRejection()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("a.png", Place.Png(1))).Id!;
        await Bulk(library, "ann", new BulkChange { Add = ["beach"] }, id);
        ChangeReceipt withdrawn = await Bulk(library, "ann", new BulkChange { Remove = ["beach"] }, id);
        await Bulk(library, "bob", new BulkChange { Reject = ["beach"] }, id);

        await library.UndoAsync(withdrawn.Undo!.Value, "ann");

        Assert.All(library.Annotations(id), a => Assert.True(a.Rejected));
        Assert.Equal(0, library.List(filter: new PictureFilter("beach")).Total);
    }

    [Fact]
    public async Task Undo_WhereLaterWordsLedBackToTheSame_KeepsThem()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("a.png", Place.Png(1))).Id!;
        await Bulk(library, "ann", new BulkChange { Add = ["beach"], Rating = 3 }, id);
        ChangeReceipt rejected = await Bulk(library, "bob", new BulkChange { Reject = ["beach"], Rating = 1 }, id);
        await Bulk(library, "bob", new BulkChange { Add = ["beach"], Rating = 2 }, id);
        await Bulk(library, "bob", new BulkChange { Reject = ["beach"], Rating = 1 }, id);

        Assert.Equal(2, (await library.UndoAsync(rejected.Undo!.Value, "ann")).Kept);

        Assert.All(library.Annotations(id), a => Assert.True(a.Rejected));
        Assert.Equal(1, library.Get(id)!.Rating);
    }

    [Fact]
    public async Task Undo_OfHiding_FindsThePictureAgain()
    {
        using var place = new Place();
        place.MakePictures(10);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. library.List().Items.Select(i => i.Id)];
        Assert.Equal(9, library.Similar(ids[0]).Total);

        ChangeReceipt hidden = await library.ChangeAsync(new PictureSelection { Ids = [ids[1], ids[2]] }, new BulkChange { Hidden = true }, "ann");
        Assert.Equal(7, library.Similar(ids[0]).Total);
        await library.UndoAsync(hidden.Undo!.Value, "ann");

        Assert.Equal(9, library.Similar(ids[0]).Total);
        Assert.Equal(10, library.List().Total);
    }

    [Fact]
    public async Task Changes_TellWhoWhenAndWhat()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string a = (await library.AddAsync("a.png", Place.Png(1))).Id!, b = (await library.AddAsync("b.png", Place.Png(2))).Id!;
        await library.AnnotateAsync(a, AnnotationKind.Tag, "beach", null, "ann");
        await Bulk(library, "bob", new BulkChange { Add = ["sea"] }, a, b);
        await library.AnnotateAsync(a, AnnotationKind.Tag, "beach", null, "ann"); // nothing new, so no line
        await library.HideAsync(b, "bob");

        Page<ChangeItem> all = library.Changes();
        Assert.Equal(3, all.Total);
        Assert.Equal(["hide", "annotate", "annotate"], all.Items.Select(c => c.Action));
        Assert.Equal([b, null, a], all.Items.Select(c => c.PictureId));
        Assert.Equal([1, 2, 1], all.Items.Select(c => c.Pictures));
        Assert.Contains("beach", all.Items[2].Detail.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, library.Changes(filter: new ChangeFilter(Person: "bob")).Total);
        Assert.Equal(2, library.Changes(filter: new ChangeFilter(PictureId: a)).Total);
        Page<ChangeItem> first = library.Changes(2), second = library.Changes(2, first.NextCursor);
        Assert.Equal(all.Items.Select(c => c.Id), first.Items.Concat(second.Items).Select(c => c.Id));
        Assert.Null(second.NextCursor);
    }

    private static Task<ChangeReceipt> Bulk(PictureLibrary library, string person, BulkChange change, params string[] ids) => library.ChangeAsync(new PictureSelection { Ids = ids }, change, person);

    /// <summary>Something that a person might do; null when it changed nothing.</summary>
    private static async Task<long?> ChangeAsync(PictureLibrary library, string[] ids, Random random)
    {
        string person = random.Next(2) == 0 ? "ann" : "bob";
        string[] some = [.. ids.Where(_ => random.Next(3) == 0).DefaultIfEmpty(ids[0])], tags = [.. Tags.Where(_ => random.Next(4) == 0).DefaultIfEmpty("sea")];
        string[] shown = [.. some.Where(id => library.Get(id) is not null)];
        var selection = new PictureSelection { Ids = some };
        try
        {
            switch (random.Next(9))
            {
                case 0: return (await library.ChangeAsync(selection, new BulkChange { Add = tags, Reject = [Tags[random.Next(Tags.Length)]] }, person)).Undo;
                case 1: return (await library.ChangeAsync(selection, new BulkChange { Reject = tags }, person)).Undo;
                case 2: return (await library.ChangeAsync(selection, new BulkChange { Accept = tags, Rating = random.Next(6) }, person)).Undo;
                case 3: return (await library.ChangeAsync(selection, new BulkChange { Remove = tags }, person)).Undo;
                case 4: return (await library.ChangeAsync(selection, new BulkChange { Hidden = random.Next(3) == 0, Favourite = random.Next(2) == 0 }, person)).Undo;
                case 5: return (await library.RenameTagAsync([Tags[random.Next(Tags.Length)]], Tags[random.Next(Tags.Length)], person)).Undo;
                case 6 when shown.Length > 0:
                    var box = new BoundingBox(random.NextDouble() / 2, random.NextDouble() / 2, random.NextDouble() / 2, random.NextDouble() / 2);
                    return (await library.SayAsync(shown[0], AnnotationKind.Box, tags[0], box, person)).Receipt.Undo;
                case 7 when shown.Length > 0 && library.Annotations(shown[0]) is { Count: > 0 } said:
                    return (await library.DenyAsync(shown[0], said[random.Next(said.Count)].Id, person))?.Undo;
                default: return (await library.ChangeAsync(new PictureSelection { Filter = new PictureFilter(tags[0]) }, new BulkChange { Add = ["found"] }, person)).Undo;
            }
        }
        catch (InputException e) when (e.Code == "tag.unknown")
        {
            return null;
        }
    }
}
