using System.Diagnostics;
using Pictor.Library.Watching;

namespace Pictor.Library.Tests.Watching;

/// <summary>Real files and real notifications; only the settle time is the test's own.</summary>
public sealed class WatchTests
{
    private static readonly WatchOptions Quick = new() { Settle = TimeSpan.FromMilliseconds(100), Sweep = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Watch_NewMovedChangedAndDeletedFiles_AreFollowed()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(4);
        string[] ids = [.. files.Select(Place.IdOf)];
        await using PictureLibrary library = await OpenAsync(place, ["no*.png", "raw/"]);
        await library.AnnotateAsync(ids[1], AnnotationKind.Tag, "kept", null, "ann");
        await using IAsyncDisposable watch = library.Watch(Quick);

        string added = place.MakePicture("new.png", 100), deep = place.MakePicture("a/b/c/deep.png", 101);
        foreach (string unwanted in new[] { "nope.png", "raw/1.png", "raw/x/2.png", ".hidden.png", ".dot/3.png" })
            place.MakePicture(unwanted, 200 + unwanted.Length);
        File.WriteAllText(place[place.Pictures, "notes.txt"], "hello");
        File.Move(files[1], place[place.Pictures, "a", "moved.png"]);
        File.WriteAllBytes(files[2], Place.Png(102));
        File.Delete(files[3]);
        Directory.CreateDirectory(place["outside"]);
        File.WriteAllBytes(place["outside", "in.png"], Place.Png(103));
        Directory.Move(place["outside"], place[place.Pictures, "came"]);

        await UntilAsync(() => library.Get(Place.IdOf(added)) is not null && library.Get(Place.IdOf(deep)) is not null && library.Get(Place.IdOf(files[2])) is not null
            && library.Get(ids[3])!.Missing && library.Get(Pictor.Imaging.ContentHash.IdOf(Place.Png(103))) is not null && library.Get(ids[1])!.File.EndsWith("moved.png", StringComparison.Ordinal));
        Assert.False(library.Get(ids[1])!.Missing);
        Assert.Single(library.Get(ids[1])!.Files);
        Assert.Contains(library.Annotations(ids[1]), a => a.Value == "kept");

        // A folder that is taken away whole, with the pictures below it.
        Directory.Move(place[place.Pictures, "a"], place["away"]);
        await UntilAsync(() => library.Get(ids[1])!.Missing && library.Get(Place.IdOf(place["away", "b", "c", "deep.png"]))!.Missing);
        await watch.DisposeAsync();
        Assert.Equal((8, 4, 0), (library.Summarize().Pictures, library.Summarize().Missing, library.Summarize().Skipped));
    }

    [Fact]
    public async Task Watch_FileStillBeingWritten_IsReadOnceItHasSettled()
    {
        using var place = new Place();
        place.MakePictures(1);
        var time = new HeldTime();
        await using PictureLibrary library = await OpenAsync(place, time: time);
        await using IAsyncDisposable watch = library.Watch(Quick);
        byte[] png = Place.Png(100);

        string file = place[place.Pictures, "growing.png"];
        File.WriteAllBytes(file, png[..50]);
        await Task.Delay(300); // many looks, and no time has passed
        Assert.Equal((1, 0), (library.Summarize().Pictures, library.Summarize().Skipped));
        File.WriteAllBytes(file, png);
        await Task.Delay(100);
        time.Pass(TimeSpan.FromSeconds(60));

        await UntilAsync(() => library.Summarize().Pictures == 2);
        Assert.Equal(0, library.Summarize().Skipped);
    }

    [Fact]
    public async Task Watch_FolderThatIsLost_MarksNothingMissingUntilItIsBack()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(3);
        var said = new List<string>();
        await using PictureLibrary library = await OpenAsync(place);
        await using IAsyncDisposable watch = library.Watch(Quick with { Say = said.Add });

        // Unplugged; then the empty folder on which a disk was mounted.
        Directory.Move(place.Pictures, place["unplugged"]);
        await UntilAsync(() => said.Count > 0);
        Directory.CreateDirectory(place.Pictures);
        await Task.Delay(300);
        IndexOutcome empty = await library.IndexAsync([place.Pictures]);
        Assert.Equal(0, empty.Missing);
        Assert.Contains("--emptied", Assert.Single(empty.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(0, library.Summarize().Missing);

        // Back, and changed meanwhile.
        Directory.Delete(place.Pictures);
        string gone = Place.IdOf(place["unplugged", Path.GetFileName(files[0])]);
        File.Delete(place["unplugged", Path.GetFileName(files[0])]);
        File.WriteAllBytes(place["unplugged", "new.png"], Place.Png(77));
        Directory.Move(place["unplugged"], place.Pictures);
        await UntilAsync(() => library.Get(gone)!.Missing && library.Summarize().Pictures == 4);
        Assert.Equal(1, library.Summarize().Missing);

        // And it is listened to again.
        place.MakePicture("later.png", 78);
        await UntilAsync(() => library.Summarize().Pictures == 5);
    }

    [Fact]
    public async Task Index_FolderThatWasEmptiedOnPurpose_MarksItsPictures()
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(3);
        await using PictureLibrary library = await OpenAsync(place);
        foreach (string file in files)
            File.Delete(file);

        Assert.Equal(0, (await library.IndexAsync([place.Pictures])).Missing);
        Assert.Equal(3, (await library.IndexAsync([place.Pictures], new IndexOptions { Emptied = true })).Missing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_TooManyChangesOrNone_FallsBackToASweep(bool overflow)
    {
        using var place = new Place();
        place.MakePictures(1);
        await using PictureLibrary library = await OpenAsync(place);
        if (!overflow)
            place.MakePictures(40, first: 100); // before anyone listened
        await using IAsyncDisposable watch = library.Watch(overflow ? Quick with { MaxPending = 3 } : Quick with { Sweep = TimeSpan.FromMilliseconds(200) });
        if (overflow)
            place.MakePictures(40, first: 100);

        await UntilAsync(() => library.Summarize().Pictures == 41);
    }

    [Fact]
    public async Task Watch_FolderAddedAndForgotten_IsTakenUpAndLetGo()
    {
        using var place = new Place();
        place.MakePictures(1);
        await using PictureLibrary library = await place.OpenAsync();
        await using IAsyncDisposable watch = library.Watch(Quick);

        await library.KeepFoldersAsync([place.Pictures]);
        await UntilAsync(() => library.Summarize().Pictures == 1);
        Assert.True(await library.ForgetFolderAsync(place.Pictures));
        await Task.Delay(300);
        place.MakePicture("later.png", 50);
        await Task.Delay(500);

        Assert.Equal(1, library.Summarize().Pictures);
        Assert.False(await library.ForgetFolderAsync(place.Pictures));
    }

    [Fact]
    public void Pending_PathsInTurn_AreReadyWhenQuiet()
    {
        var time = new HeldTime();
        var pending = new PendingChanges(time, TimeSpan.FromSeconds(2), 3);

        pending.Add("a");
        time.Pass(TimeSpan.FromSeconds(1));
        pending.Add("b");
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(["a"], pending.TakeReady());
        pending.Add("b");
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(pending.TakeReady());
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(["b"], pending.TakeReady());

        foreach (string path in new[] { "c", "d", "e" })
            pending.Add(path);
        Assert.False(pending.TakeDoubt());
        pending.Add("f");
        Assert.True(pending.TakeDoubt());
        Assert.False(pending.TakeDoubt());
        time.Pass(TimeSpan.FromSeconds(9));
        Assert.Empty(pending.TakeReady());
    }

    private static async Task<PictureLibrary> OpenAsync(Place place, IReadOnlyList<string>? exclude = null, TimeProvider? time = null)
    {
        PictureLibrary library = await place.OpenAsync(new LibraryOptions { Time = time ?? TimeProvider.System });
        await library.KeepFoldersAsync([place.Pictures], exclude);
        await library.IndexAsync([place.Pictures]);
        return library;
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        for (var waited = Stopwatch.StartNew(); !reached(); await Task.Delay(20))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "it did not come about");
    }

    /// <summary>A clock that stands still until told; timers run all the same.</summary>
    private sealed class HeldTime : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();
        private long _passed;

        public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _passed);

        public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _passed));
    }
}
