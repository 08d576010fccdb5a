using Pictor.Imaging;

namespace Pictor.Library.Tests;

public sealed class IndexTests
{
    [Fact]
    public async Task Index_NewPictures_CataloguesAnnotatesAndFinds()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(40);
        await using PictureLibrary library = await place.OpenWithModelAsync();

        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

        Assert.Equal((40, 0, 0, 0), (outcome.Added, outcome.Known, outcome.Changed, outcome.Missing));
        Assert.Empty(outcome.Skipped);
        Page<PictureItem> page = library.List(50);
        Assert.Equal(40, page.Total);
        Assert.Equal(files.Select(Place.IdOf).Order(), page.Items.Select(i => i.Id).Order());
        Assert.All(page.Items, item => Assert.Equal((28, 28, "png", false), (item.Width, item.Height, item.Format, item.Missing)));
        Assert.All(page.Items, item => Assert.True(File.Exists(item.File)));
        Assert.Contains(page.Items, item => library.Annotations(item.Id).Any(a => a.Source == "package net@1.0.0"));
        Page<Hit> similar = library.Similar(page.Items[0].Id, 10);
        Assert.Equal(10, similar.Items.Count);
        Assert.Equal(39, similar.Total);
        Assert.DoesNotContain(similar.Items, hit => hit.Id == page.Items[0].Id);
    }

    [Fact]
    public async Task Index_Again_KnowsAllWithoutReadingThem()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);

        // What is known costs a stat: other bytes of equal length and time go unnoticed.
        DateTime time = File.GetLastWriteTimeUtc(files[0]);
        byte[] bytes = File.ReadAllBytes(files[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(files[0], bytes);
        File.SetLastWriteTimeUtc(files[0], time);
        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

        Assert.Equal((0, 20, 0, 0), (outcome.Added, outcome.Known, outcome.Changed, outcome.Missing));
    }

    [Fact]
    public async Task Index_ChangedMovedCopiedAndDeleted_KeepsIdentity()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(6);
        string[] ids = [.. files.Select(Place.IdOf)];
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        await library.AnnotateAsync(ids[1], AnnotationKind.Tag, "kept", null, "ann");

        File.WriteAllBytes(files[0], Place.Png(1000));
        File.Move(files[1], place[place.Pictures, "moved.png"]);
        File.Copy(files[2], place[place.Pictures, "copy.png"]);
        File.Delete(files[3]);
        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

        Assert.Equal((0, 5, 1, 1), (outcome.Added, outcome.Known, outcome.Changed, outcome.Missing));
        Assert.True(library.Get(ids[0])!.Missing);
        Assert.Equal(files[0], library.Get(Place.IdOf(files[0]))!.File);
        Assert.Equal(place[place.Pictures, "moved.png"], Assert.Single(library.Get(ids[1])!.Files));
        Assert.Contains(library.Annotations(ids[1]), a => a.Value == "kept");
        Assert.Equal(2, library.Get(ids[2])!.Files.Count);
        Assert.True(library.Get(ids[3])!.Missing);
        Assert.Null(library.Content(ids[3]));
        Assert.Equal(5, library.List(filter: new PictureFilter(IncludeMissing: false)).Total);

        File.WriteAllBytes(files[3], Place.Png(3));
        outcome = await library.IndexAsync([place.Pictures]);
        Assert.False(library.Get(ids[3])!.Missing);
        Assert.Equal(0, outcome.Added);
        Assert.Contains(library.Similar(ids[2], 10).Items, hit => hit.Id == ids[3]);
    }

    [Fact]
    public async Task Index_FilesThatWentAndCameBack_AreThereAgain()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(4);
        string broken = place[place.Pictures, "broken.jpg"], id = Place.IdOf(files[1]);
        File.WriteAllBytes(broken, [0xFF, 0xD8, 0xFF, 1, 2, 3]);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        await library.WarmUpAsync();

        File.Move(files[1], place["away.png"]);
        File.Move(broken, place["away.jpg"]);
        IndexOutcome without = await library.IndexAsync([place.Pictures]);
        Assert.Equal((1, 0), (without.Missing, without.Skipped.Count));
        Assert.True(library.Get(id)!.Missing);
        Assert.Equal(files[1], library.Get(id)!.File);
        Assert.Equal(2, library.Similar(Place.IdOf(files[0])).Total);
        Assert.Equal(3, library.Similar(id).Total); // it can still be asked with

        File.Move(place["away.png"], files[1]);
        IndexOutcome back = await library.IndexAsync([place.Pictures]);
        Assert.Equal((0, 4, 0), (back.Added, back.Known, back.Missing));
        Assert.False(library.Get(id)!.Missing);
        Assert.Equal(3, library.Similar(Place.IdOf(files[0])).Total);
        Assert.Equal(0, library.Summarize().Missing);
    }

    [Fact]
    public async Task Index_BrokenFiles_ListsThemOnceReadAndGoesOn()
    {
        using var place = new Place();
        place.MakePictures(3);
        string broken = place[place.Pictures, "broken.jpg"], empty = place[place.Pictures, "empty.png"], text = place[place.Pictures, "notes.txt"], bare = place[place.Pictures, "picture"];
        File.WriteAllBytes(broken, [0xFF, 0xD8, 0xFF, 1, 2, 3]);
        File.WriteAllBytes(empty, []);
        File.WriteAllText(text, "hello");
        File.WriteAllBytes(bare, Place.Png(77));
        File.WriteAllBytes(place[place.Pictures, ".hidden.png"], Place.Png(78));
        await using PictureLibrary library = await place.OpenWithModelAsync();

        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);
        IndexOutcome second = await library.IndexAsync([place.Pictures]);

        Assert.Equal(4, outcome.Added);
        Assert.Equal([broken, empty], outcome.Skipped.Select(s => s.File));
        Assert.All(outcome.Skipped, s => Assert.EndsWith(".", s.Reason, StringComparison.Ordinal));
        Assert.Equal(outcome.Skipped, second.Skipped);
        Assert.Equal(2, library.Summarize().Skipped);

        File.WriteAllBytes(broken, Place.Png(99));
        IndexOutcome third = await library.IndexAsync([place.Pictures]);
        Assert.Equal(1, third.Added);
        Assert.Equal(1, library.Summarize().Skipped);
    }

    [Fact]
    public async Task Index_FileNamedByHand_IsToldThoughItIsNoPicture()
    {
        using var place = new Place();
        File.WriteAllText(place["notes.txt"], "hello");
        await using PictureLibrary library = await place.OpenAsync();

        IndexOutcome outcome = await library.IndexAsync([place["notes.txt"]]);

        Assert.Single(outcome.Skipped);
    }

    [Fact]
    public async Task Index_LinksInCircles_EndsAndMeetsEachFileOnce()
    {
        using var place = new Place();
        place.MakePictures(3, folder: "a");
        Directory.CreateSymbolicLink(place[place.Pictures, "a", "loop"], place.Pictures);
        Directory.CreateSymbolicLink(place[place.Pictures, "self"], place[place.Pictures, "self"]);
        File.CreateSymbolicLink(place[place.Pictures, "dangling.png"], place["nowhere.png"]);
        await using PictureLibrary library = await place.OpenAsync();

        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

        Assert.Equal(3, outcome.Added + outcome.Known);
        Assert.Equal("dangling.png", Path.GetFileName(Assert.Single(outcome.Skipped).File));
    }

    [Fact]
    public async Task Index_LibraryInsideTheFolder_IsPassedOver()
    {
        using var place = new Place();
        place.MakePictures(3);
        await using PictureLibrary library = await place.OpenAsync();
        await library.AddAsync("up.png", Place.Png(500));

        IndexOutcome outcome = await library.IndexAsync([place.Root]);

        Assert.Equal((3, 0), (outcome.Added, outcome.Missing));
        Assert.False(library.Get(ContentHash.IdOf(Place.Png(500)))!.Missing);
        InputException inside = await Assert.ThrowsAsync<InputException>(() => library.IndexAsync([place.Library]));
        Assert.Equal("index.inside-library", inside.Code);
    }

    [Fact]
    public async Task Index_FolderThatIsGone_MarksNothingMissing()
    {
        using var place = new Place();
        place.MakePictures(3);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        Directory.Move(place.Pictures, place["unplugged"]);

        InputException gone = await Assert.ThrowsAsync<InputException>(() => library.IndexAsync([place.Pictures]));

        Assert.Contains("pics", gone.Message, StringComparison.Ordinal);
        Assert.Equal(0, library.Summarize().Missing);
    }

    [Fact]
    public async Task Index_Cancelled_ResumesWhereItStopped()
    {
        using var place = new Place();
        place.MakePictures(300);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => library.IndexAsync([place.Pictures], progress: new StopAfter(64, stop), cancellationToken: stop.Token));
        int before = library.Summarize().Pictures;
        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

        Assert.InRange(before, 1, 299);
        Assert.Equal((300 - before, before), (outcome.Added, outcome.Known));
        Assert.Equal(299, library.Similar(library.List(1).Items[0].Id, 1).Total);
    }

    [Fact]
    public async Task Index_WithoutModel_CataloguesAndSaysWhatIsMissing()
    {
        using var place = new Place();
        place.MakePictures(5);
        await using PictureLibrary library = await place.OpenAsync();
        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);
        string id = library.List().Items[0].Id;

        Assert.Equal(5, outcome.Added);
        Assert.Equal("model.none", Assert.Throws<InputException>(() => library.Similar(id)).Code);

        await library.Models.AddAsync(place.Package());
        Assert.Equal(0, library.Similar(id).Total);
        Assert.Equal(5, await library.AnnotateMissingAsync());
        Assert.Equal(4, library.Similar(id).Total);
    }

    [Fact]
    public async Task Index_HiddenPicture_StaysHidden()
    {
        using var place = new Place();
        place.MakePictures(5);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items[2].Id;

        Assert.True(await library.HideAsync(id, "ann"));
        await library.IndexAsync([place.Pictures], new IndexOptions { Again = true });

        Assert.Null(library.Get(id));
        Assert.Equal(4, library.List().Total);
        Assert.Equal(3, library.Similar(library.List().Items[0].Id).Total);
        Assert.Equal("known", (await library.AddAsync("x.png", File.ReadAllBytes(place.MakePicture("again.png", 2)))).Status);
        Assert.True(await library.UnhideAsync(id, "ann"));
        Assert.Equal(5, library.List().Total);
        Assert.Equal(4, library.Similar(id).Total);
    }

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Done >= count)
                stop.Cancel();
        }
    }
}
