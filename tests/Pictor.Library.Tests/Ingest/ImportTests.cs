using CsCheck;
using Pictor.Library.Ingest;

namespace Pictor.Library.Tests.Ingest;

public sealed class ImportTests
{
    [Fact]
    public async Task Copy_Pictures_StayWhenTheFolderGoes_AndCostAStatTheSecondTime()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(30);
        File.WriteAllBytes(place[place.Pictures, "broken.jpg"], [0xFF, 0xD8, 0xFF, 1]);
        string[] ids = [.. files.Select(Place.IdOf)];
        await using PictureLibrary library = await place.OpenWithModelAsync();

        IndexOutcome first = await library.IndexAsync([place.Pictures], new IndexOptions { Copy = true });
        DateTime time = File.GetLastWriteTimeUtc(files[0]);
        byte[] changed = File.ReadAllBytes(files[0]);
        changed[^1] ^= 1;
        File.WriteAllBytes(files[0], changed);
        File.SetLastWriteTimeUtc(files[0], time); // unnoticed: only a stat
        IndexOutcome second = await library.IndexAsync([place.Pictures], new IndexOptions { Copy = true });

        Assert.Equal((30, 0, 1), (first.Added, first.Known, first.Skipped.Count));
        Assert.Equal((0, 30, 0, 1), (second.Added, second.Known, second.Missing, second.Skipped.Count));
        Directory.Delete(place.Pictures, recursive: true);
        Assert.All(ids, id => Assert.NotNull(library.Content(id)));
        Assert.Equal(ids[4], Assert.Single((await library.FindAsync(new PictureQuery("0004", null))).Items).Id); // it keeps its name
        Assert.Equal(29, library.Similar(ids[0]).Total);
        Assert.Empty((await library.VerifyAsync(new VerifyOptions { Deep = true })).Faults);
        Assert.Empty(library.Folders()); // nothing to look after
    }

    [Fact]
    public async Task Copy_OfWhatIsIndexedWhereItIs_KeepsOnePictureWithBoth()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(3);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        await library.AnnotateAsync(Place.IdOf(files[1]), AnnotationKind.Tag, "kept", null, "ann");

        IndexOutcome copied = await library.IndexAsync([place.Pictures], new IndexOptions { Copy = true });
        string id = Place.IdOf(files[1]);

        Assert.Equal((0, 3), (copied.Added, copied.Known));
        Assert.Equal(2, library.Get(id)!.Files.Count);
        File.Delete(files[1]);
        Assert.Equal(0, (await library.IndexAsync([place.Pictures])).Missing);
        Assert.Contains(library.Annotations(id), a => a.Value == "kept");
        Assert.NotNull(library.Content(id));
    }

    [Fact]
    public async Task Index_NewPictures_AreReadNewestFirst()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(200);
        for (int i = 0; i < files.Count; i++)
            File.SetLastWriteTimeUtc(files[i], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i * 37 % 200));
        await using PictureLibrary library = await place.OpenAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => library.IndexAsync([place.Pictures], progress: new StopAfter(16, stop), cancellationToken: stop.Token));

        Page<PictureItem> read = library.List(1000);
        Assert.InRange(read.Total, 16, 199);
        DateTime[] times = [.. files.Select(File.GetLastWriteTimeUtc).OrderDescending()], done = [.. read.Items.Select(i => File.GetLastWriteTimeUtc(i.File))];
        Assert.Equal(times.Take(read.Total), done); // and the listing has the newest first too
    }

    [Fact]
    public void NewestFirst_AnyWindow_LosesNothingAndSortsWithinIt() => Gen.Select(Gen.Int[0, 50].Array[0, 60], Gen.Int[0, 70]).Sample((times, window) =>
    {
        (int Time, int Turn)[] files = [.. times.Select((t, i) => (t, i))];
        (int Time, int Turn)[] ordered = [.. NewestFirst.Order(files, f => f.Time, window)];
        Assert.Equal(files.OrderBy(f => f.Turn), ordered.OrderBy(f => f.Turn));
        if (window >= times.Length)
            Assert.Equal(files.OrderByDescending(f => f.Time).ThenBy(f => f.Turn), ordered);
    });

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Done >= count)
                stop.Cancel();
        }
    }
}
