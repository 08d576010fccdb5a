using Pictor.Models.Annotators;

namespace Pictor.Library.Tests;

public sealed class ModelTests
{
    [Fact]
    public async Task Models_AddUseRollbackRemove_KeepAHistory()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        LibraryModels models = library.Models;
        Assert.Null(models.Borrow());

        ModelItem a = await models.AddAsync(place.Package("a"));
        Assert.True(a.Active);
        Assert.False((await models.AddAsync(place.Package("b", seed: 2))).Active);
        Assert.False((await models.AddAsync(place.Package("b", seed: 3, version: "1.10.0"))).Active);
        Assert.False((await models.AddAsync(place.Package("b", seed: 4, version: "1.9.0"))).Active);
        Assert.True((await models.AddAsync(place.Package("a"))).Active); // the same file again

        Assert.Equal("1.10.0", (await models.UseAsync("b")).Version);
        Assert.Equal("1.0.0", (await models.UseAsync("b@1.0.0")).Version);
        Assert.Equal("1.10.0", (await models.RollbackAsync()).Version);
        Assert.Equal("a", (await models.RollbackAsync()).Name);
        Assert.Equal("model.no-previous", (await Assert.ThrowsAsync<InputException>(() => models.RollbackAsync())).Code);
        Assert.Equal("a@1.0.0", models.ActiveReference);

        Assert.Equal("model.active", (await Assert.ThrowsAsync<InputException>(() => models.RemoveAsync("a"))).Code);
        await models.RemoveAsync("b@1.0.0");
        Assert.Equal(["a@1.0.0", "b@1.10.0", "b@1.9.0"], models.List().Select(m => $"{m.Name}@{m.Version}"));
        Assert.Equal(3, Directory.GetFiles(place[place.Library, "models"]).Length);
        InputException unknown = await Assert.ThrowsAsync<InputException>(() => models.UseAsync("b@1.0.1"));
        Assert.Equal("model.unknown", unknown.Code);
        Assert.Contains("b@1.10.0", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_OtherPackageOfTheSameName_IsRefused()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenWithModelAsync("a");

        Assert.Equal("model.exists", (await Assert.ThrowsAsync<InputException>(() => library.Models.AddAsync(place.Package("a", seed: 9)))).Code);

        await library.Models.AddAsync(place.Package("b"));
        await library.Models.UseAsync("b");
        await library.Models.RemoveAsync("a");
        Assert.Equal("a", (await library.Models.AddAsync(place.Package("a", seed: 9))).Name);
    }

    [Fact]
    public async Task Models_BrokenPackage_LeavesTheOldOneInUse()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        string broken = place.Package("b");
        byte[] bytes = File.ReadAllBytes(broken);
        bytes[bytes.Length / 2] ^= 255;
        File.WriteAllBytes(broken, bytes);

        await Assert.ThrowsAsync<InputException>(() => library.Models.AddAsync(broken));

        Assert.Equal("a@1.0.0", library.Models.ActiveReference);
        Assert.Single(library.Models.List());
    }

    [Fact]
    public async Task Borrow_WhileSwitching_EndsOnTheOldOne()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.Models.AddAsync(place.Package("b", seed: 2));
        AnnotatorLease old = library.Models.Borrow()!;
        Annotator annotator = old.Annotator;

        await library.Models.UseAsync("b");

        Assert.Equal("a", annotator.Package.Manifest.Name);
        Assert.Equal(10, annotator.Read(Place.Png(1), "x").Probabilities.Length);
        using (AnnotatorLease now = library.Models.Borrow()!)
            Assert.Equal("b", now.Annotator.Package.Manifest.Name);
        old.Dispose();
        Assert.Throws<ObjectDisposedException>(() => annotator.Read(Place.Png(1), "x"));
        Assert.Throws<ObjectDisposedException>(() => old.Annotator);
    }

    [Fact]
    public async Task Switch_OtherModel_ShowsItsWordsAndComesBack()
    {
        using var place = new Place();
        place.MakePictures(30);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items.First(i => library.Annotations(i.Id).Count > 0).Id;
        string[] before = Said(id);
        Hit[] similar = [.. library.Similar(id, 5).Items];

        await library.Models.AddAsync(place.Package("b", seed: 2));
        await library.Models.UseAsync("b");
        Assert.Equal(before, Said(id)); // until b has read it
        Assert.Equal(30, await library.AnnotateMissingAsync());
        Assert.All(library.Annotations(id), a => Assert.Equal("package b@1.0.0", a.Source));
        Assert.Equal(29, library.Similar(id).Total);

        await library.Models.RollbackAsync();
        Assert.Equal(before, Said(id));
        Assert.Equal(similar.Select(h => h.Id), library.Similar(id, 5).Items.Select(h => h.Id));
        Assert.Equal(0, await library.AnnotateMissingAsync());
        await library.Models.RemoveAsync("b");
        Assert.Equal(before, Said(id));

        string[] Said(string picture) => [.. library.Annotations(picture).Select(a => $"{a.Value} {a.Source}")];
    }

    [Fact]
    public async Task Switch_WhileIndexing_LosesNothing()
    {
        using var place = new Place();
        place.MakePictures(300);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.Models.AddAsync(place.Package("b", seed: 2));

        Task<IndexOutcome> indexing = library.IndexAsync([place.Pictures]);
        for (int i = 0; i < 20; i++)
            await library.Models.UseAsync(i % 2 == 0 ? "b" : "a");
        IndexOutcome outcome = await indexing;
        await library.Models.UseAsync("b");
        await library.AnnotateMissingAsync();

        Assert.Equal(300, outcome.Added);
        Assert.Equal(299, library.Similar(library.List(1).Items[0].Id).Total);
        Assert.All(library.List(300).Items.SelectMany(i => library.Annotations(i.Id)), a => Assert.Equal("package b@1.0.0", a.Source));
    }
}
