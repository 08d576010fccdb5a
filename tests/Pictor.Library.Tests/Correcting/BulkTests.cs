namespace Pictor.Library.Tests.Correcting;

public sealed class BulkTests
{
    [Fact]
    public async Task Bulk_OverAQuery_TakesAllResultsNotAPage()
    {
        using var place = new Place();
        place.MakePictures(30);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string tag = library.Tags()[0].Value;
        string[] carriers = [.. library.List(1000, filter: new PictureFilter(tag)).Items.Select(i => i.Id).Order(StringComparer.Ordinal)];

        ChangeReceipt receipt = await library.ChangeAsync(new PictureSelection { Query = new PictureQuery($"\"{tag}\"", null) }, new BulkChange { Accept = [tag], Add = ["checked"] }, "ann");

        Assert.Equal(carriers.Length, receipt.Changed);
        Assert.Equal(carriers, library.List(1000, filter: new PictureFilter("checked")).Items.Select(i => i.Id).Order(StringComparer.Ordinal));
        Assert.All(carriers, id => Assert.Equal("person ann", library.Annotations(id).First(a => a.Value == tag).Source));
        Assert.Equal(ChangeReceipt.Nothing, await library.ChangeAsync(new PictureSelection { Filter = new PictureFilter("checked") }, new BulkChange { Add = ["checked"] }, "ann"));
    }

    [Fact]
    public async Task Bulk_AcceptAndRemove_TouchOnlyPicturesThatCarryTheTag()
    {
        using var place = new Place();
        place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string tag = library.Tags().First(t => t.Count < 20).Value;
        int count = library.List(filter: new PictureFilter(tag)).Total;
        var all = new PictureSelection { Filter = new PictureFilter() };

        Assert.Equal(count, (await library.ChangeAsync(all, new BulkChange { Accept = [tag] }, "ann")).Changed);
        Assert.Equal(count, library.List(filter: new PictureFilter(tag)).Total);
        Assert.Equal(count, (await library.ChangeAsync(all, new BulkChange { Remove = [tag] }, "ann")).Changed);
        Assert.Equal(0, library.List(filter: new PictureFilter(tag)).Total);
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });
        Assert.Equal(0, library.List(filter: new PictureFilter(tag)).Total);

        // A rejection is for every picture of the selection, said or not; saying it later withdraws it without a trace.
        Assert.Equal(20 - count, (await library.ChangeAsync(all, new BulkChange { Reject = [tag] }, "bob")).Changed);
        Assert.Equal(20, (await library.ChangeAsync(all, new BulkChange { Add = [tag] }, "ann")).Changed);
        Assert.All(library.List().Items, i => Assert.Equal("person ann", library.Annotations(i.Id).Single(a => a.Value == tag).Source));
    }

    [Fact]
    public async Task Bulk_WrongInput_ChangesNothing()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("a.png", Place.Png(1))).Id!;

        Assert.Equal("picture.unknown", await Code(new PictureSelection { Ids = [id, "ffffffffffffffff"] }, new BulkChange { Add = ["x"] }));
        Assert.Equal("bulk.selection", await Code(new PictureSelection(), new BulkChange { Add = ["x"] }));
        Assert.Equal("bulk.empty", await Code(new PictureSelection { Ids = [id] }, new BulkChange()));
        Assert.Equal("annotation.empty", await Code(new PictureSelection { Ids = [id] }, new BulkChange { Add = ["x", " "] }));
        Assert.Equal("annotation.empty", await Code(new PictureSelection { Ids = [id] }, new BulkChange { Add = ["x", "\u0007"] }));
        Assert.Equal("rating.invalid", await Code(new PictureSelection { Ids = [id] }, new BulkChange { Rating = 6 }));
        Assert.Empty(library.Annotations(id));
        Assert.Equal(0, library.Changes().Total);

        async Task<string> Code(PictureSelection selection, BulkChange change) => (await Assert.ThrowsAsync<InputException>(() => library.ChangeAsync(selection, change, "ann"))).Code;
    }
}
