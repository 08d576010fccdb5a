namespace Pictor.Library.Tests.Correcting;

public sealed class RenameTests
{
    [Fact]
    public async Task Rename_WordOfAModel_OutlivesReRunsAndIsFoundByBoth()
    {
        using var place = new Place();
        place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        TagCount old = library.Tags()[0];

        ChangeReceipt receipt = await library.RenameTagAsync([old.Value.ToUpperInvariant()], "Nought", "ann");
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        Assert.Equal(old.Count, receipt.Changed);
        Assert.Equal(old.Count, Assert.Single(library.Tags(), t => t.Value == "Nought").Count);
        Assert.DoesNotContain(library.Tags(), t => t.Value == old.Value);
        Assert.Equal(old.Count, library.List(filter: new PictureFilter("nought")).Total);
        Assert.Equal(old.Count, library.List(filter: new PictureFilter(old.Value)).Total); // still the class of that name

        // Pictures that come later are heard the same way, and so is another model.
        place.MakePictures(10, first: 100);
        await library.IndexAsync([place.Pictures]);
        await library.Models.AddAsync(place.Package("b", seed: 2));
        await library.Models.UseAsync("b");
        await library.AnnotateMissingAsync();
        Assert.DoesNotContain(library.Tags(), t => t.Value == old.Value);

        await library.UndoAsync(receipt.Undo!.Value, "ann");
        await library.Models.RollbackAsync();
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });
        Assert.DoesNotContain(library.Tags(), t => t.Value == "Nought");
        Assert.InRange(Assert.Single(library.Tags(), t => t.Value == old.Value).Count, old.Count, 30);
    }

    [Fact]
    public async Task Merge_Tags_KeepsRejectionsAndPeoplesWords()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await library.AddAsync($"{i}.png", Place.Png(i))).Id!))];
        await Say(ids[0], "puppy");
        await Say(ids[1], "hound");
        await Say(ids[2], "dog");
        await library.RejectTagAsync(ids[3], "hound", "ann");
        string[] before = Statements.Of(place);

        ChangeReceipt receipt = await library.RenameTagAsync(["puppy", "Hound"], "dog", "bob");

        TagCount dog = Assert.Single(library.Tags());
        Assert.Equal(("dog", 3), (dog.Value, dog.Count));
        Assert.Equal(["person ann"], ids.Take(3).Select(id => Assert.Single(library.Annotations(id)).Source).Distinct());
        Assert.Equal(("dog", true), library.Annotations(ids[3]).Select(a => (a.Value, a.Rejected)).Single());
        Assert.Equal("merge", library.Changes().Items[0].Action);

        await library.UndoAsync(receipt.Undo!.Value, "bob");
        Assert.Equal(before, Statements.Of(place));
        Assert.Contains("puppy", (await Assert.ThrowsAsync<InputException>(() => library.RenameTagAsync(["pupy"], "dog", "bob"))).Message, StringComparison.Ordinal);

        Task Say(string id, string tag) => library.AnnotateAsync(id, AnnotationKind.Tag, tag, null, "ann");
    }

    [Fact]
    public async Task Rename_ThereAndBack_EndsWhereItBegan()
    {
        using var place = new Place();
        place.MakePictures(15);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        IReadOnlyList<TagCount> before = library.Tags();
        string word = before[0].Value;

        await library.RenameTagAsync([word], "x", "ann");
        await library.RenameTagAsync(["x"], "y", "ann");
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });
        Assert.Equal(before[0].Count, Assert.Single(library.Tags(), t => t.Value == "y").Count);
        await library.RenameTagAsync(["y"], word, "ann");
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        Assert.Equal(before, library.Tags());
    }
}
