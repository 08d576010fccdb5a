namespace Pictor.Library.Tests.Correcting;

public sealed class ModelChangesTests
{
    [Fact]
    public async Task Prepare_ThenCompareThenUse_ShowsTheOldUntilTheSwitchAndPeopleAlways()
    {
        using var place = new Place();
        place.MakePictures(30);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. library.List().Items.Select(i => i.Id)];
        await library.AnnotateAsync(ids[0], AnnotationKind.Tag, "beach", null, "ann");
        foreach (string word in new[] { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" })
            await library.RejectTagAsync(ids[1], word, "ann");
        await library.Models.AddAsync(place.Package("b", seed: 2));
        Dictionary<string, string[]> before = ids.ToDictionary(id => id, Said);
        Assert.Equal(30, library.CompareModels("b").Unread);

        Assert.Equal(30, await library.PrepareModelAsync("b"));

        Assert.Equal("a@1.0.0", library.Models.ActiveReference);
        Assert.All(ids, id => Assert.Equal(before[id], Said(id)));
        ModelChanges changes = library.CompareModels("b", 1000);
        Assert.Equal((30, 0), (changes.Compared, changes.Unread));
        Assert.DoesNotContain(changes.Items, item => item.Id == ids[1]);

        await library.Models.UseAsync("b");
        foreach (string id in ids)
        {
            PictureTagChanges? change = changes.Items.FirstOrDefault(i => i.Id == id);
            string[] expected = [.. before[id].Except((change?.Removed ?? []).Select(c => c.Value)).Union((change?.Added ?? []).Select(c => c.Value)).Order(StringComparer.Ordinal)];
            Assert.Equal(expected, Said(id).Order(StringComparer.Ordinal));
        }

        Assert.Contains("beach", Said(ids[0]));
        Assert.Empty(Said(ids[1]));
        Assert.Equal(changes.Tags.Sum(t => t.Added), changes.Items.Sum(i => i.Added.Count));
        Assert.Equal(changes.Tags.Sum(t => t.Removed), changes.Items.Sum(i => i.Removed.Count));
        Assert.Equal(0, await library.AnnotateMissingAsync()); // complete already
        await library.Models.RollbackAsync();
        Assert.All(ids, id => Assert.Equal(before[id], Said(id)));

        string[] Said(string id) => [.. library.Annotations(id).Where(a => !a.Rejected).Select(a => a.Value)];
    }

    [Fact]
    public async Task Compare_ByPages_TellsEachPictureOnce()
    {
        using var place = new Place();
        place.MakePictures(25);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        await library.Models.AddAsync(place.Package("b", seed: 3));
        await library.PrepareModelAsync("b");
        ModelChanges all = library.CompareModels("b", 1000);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            ModelChanges page = library.CompareModels("b", 4, cursor);
            Assert.Equal(all.Total, page.Total);
            seen.AddRange(page.Items.Select(i => i.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(all.Items.Select(i => i.Id), seen);
        Assert.Equal(all.Total, seen.Count);
        Assert.Equal("model.active", Assert.Throws<InputException>(() => library.CompareModels("a")).Code);
        Assert.Equal("model.unknown", Assert.Throws<InputException>(() => library.CompareModels("c")).Code);
    }
}
