using Pictor.Library.Tests.Correcting;

namespace Pictor.Library.Tests.Collecting;

public sealed class CollectionTests
{
    [Fact]
    public async Task Collection_ByHand_KeepsItsOrderAndComesBackWhenDeleted()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string[] ids = new string[4];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = (await library.AddAsync($"{i}.png", Place.Png(i))).Id!;

        (CollectionItem item, _) = await library.CreateCollectionAsync(" Lisbon ", null, new PictureSelection { Ids = [ids[2]] }, "ann");
        await library.ChangeCollectionAsync("LISBON", null, null, new PictureSelection { Ids = [ids[0], ids[1], ids[2]] }, null, "bob");
        ChangeReceipt renamed = await library.ChangeCollectionAsync("lisbon", "Lisboa", null, null, new PictureSelection { Ids = [ids[1]] }, "bob");

        Assert.Equal(("Lisboa", 2, "ann"), (library.Collection($"{item.Id}").Name, library.Collection("lisboa").Pictures, item.Person));
        Page<PictureItem> first = await library.CollectionPicturesAsync("Lisboa", 1), second = await library.CollectionPicturesAsync("Lisboa", 1, first.NextCursor);
        Assert.Equal([ids[2], ids[0]], first.Items.Concat(second.Items).Select(p => p.Id));
        Assert.Null(second.NextCursor);

        string[] before = Statements.Of(place);
        ChangeReceipt deleted = await library.DeleteCollectionAsync("Lisboa", "bob");
        Assert.Empty(library.Collections());
        await library.UndoAsync(deleted.Undo!.Value, "ann");
        Assert.Equal(before, Statements.Of(place));
        await library.UndoAsync(renamed.Undo!.Value, "ann");
        Assert.Equal(3, library.Collection("Lisbon").Pictures);
    }

    [Fact]
    public async Task Collection_OfASavedQuery_FindsWhatIsThereNow()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        await library.AddAsync("beach one.png", Place.Png(1));
        await library.CreateCollectionAsync("Beaches", "beach", null, "ann");
        Assert.Single((await library.CollectionPicturesAsync("beaches")).Items);

        await library.AddAsync("beach two.png", Place.Png(2));

        Assert.Equal(2, (await library.CollectionPicturesAsync("beaches")).Total);
        Assert.Null(library.Collection("beaches").Pictures);
    }

    [Fact]
    public async Task Collection_WrongInput_IsRefused()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("a.png", Place.Png(1))).Id!;
        await library.CreateCollectionAsync("One", null, null, "ann");
        await library.CreateCollectionAsync("Found", "x", null, "ann");

        Assert.Equal("collection.exists", await Code(() => library.CreateCollectionAsync("ONE", null, null, "ann")));
        Assert.Equal("collection.invalid", await Code(() => library.CreateCollectionAsync(" ", null, null, "ann")));
        Assert.Equal("collection.invalid", await Code(() => library.CreateCollectionAsync("x", "y", new PictureSelection { Ids = [id] }, "ann")));
        Assert.Equal("collection.invalid", await Code(() => library.ChangeCollectionAsync("Found", null, null, new PictureSelection { Ids = [id] }, null, "ann")));
        Assert.Equal("collection.unknown", await Code(() => library.DeleteCollectionAsync("Two", "ann")));
        Assert.Equal("picture.unknown", await Code(() => library.ChangeCollectionAsync("One", null, null, new PictureSelection { Ids = ["ffffffffffffffff"] }, null, "ann")));
        Assert.Equal(2, library.Collections().Count);

        static async Task<string> Code(Func<Task> act) => (await Assert.ThrowsAsync<InputException>(act)).Code;
    }
}
