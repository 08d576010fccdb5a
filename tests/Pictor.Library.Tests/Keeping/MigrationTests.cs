using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Tests.Keeping;

public sealed class MigrationTests
{
    public static TheoryData<int> EarlierVersions => [.. Schema.Steps.Select(s => s.Version).Where(v => v < Schema.Current)];

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task Open_CatalogueOfEveryEarlierVersion_KeepsAllAndACopyOfItself(int version)
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(8);
        string[] ids = [.. files.Select(Place.IdOf)];
        string upload;
        IReadOnlyList<AnnotationItem> before;
        await using (PictureLibrary library = await place.OpenWithModelAsync())
        {
            await library.IndexAsync([place.Pictures]);
            upload = (await library.AddAsync("up.png", Place.Png(500, 300))).Id!;
            await library.AnnotateAsync(ids[1], AnnotationKind.Tag, "kept", null, "ann");
            await library.RateAsync(ids[2], 4, true, "ann");
            await library.HideAsync(ids[3], "ann");
            AnnotationItem tag = ids.SelectMany(library.Annotations).First(a => a.Source.StartsWith("package", StringComparison.Ordinal));
            await library.RejectAsync(ids.First(id => library.Annotations(id).Any(a => a.Id == tag.Id)), tag.Id, "ann");
            before = [.. ids.SelectMany(library.Annotations)];
        }

        OldCatalogue.Make(place.Library, version);
        await using PictureLibrary again = await place.OpenAsync();

        Assert.Empty((await again.VerifyAsync(new VerifyOptions { Deep = true })).Faults);
        Assert.Equal(before, ids.SelectMany(again.Annotations));
        Assert.Equal((4, true), (again.Get(ids[2])!.Rating, again.Get(ids[2])!.Favourite));
        Assert.Null(again.Get(ids[3]));
        Assert.NotNull(again.Content(upload));
        Assert.Equal((0, 8), ((await again.IndexAsync([place.Pictures])) is var o ? o.Added : -1, o.Known));
        Assert.Equal(7, again.Similar(upload).Total);
        using var copy = new SqliteConnection($"Data Source={place[place.Library, $"catalogue.db.schema-{version}"]};Mode=ReadOnly;Pooling=False");
        copy.Open();
        Assert.Equal((version, 9L), (copy.ExecuteScalar<int>("PRAGMA user_version"), copy.ExecuteScalar<long>("SELECT count(*) FROM pictures")));
        using var now = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Mode=ReadOnly;Pooling=False");
        now.Open();
        Assert.Equal(Schema.Current, now.ExecuteScalar<int>("PRAGMA user_version"));
    }

    [Fact]
    public async Task Open_WithAJobPausedBySchema8_KeepsItPaused()
    {
        using var place = new Place();
        await (await place.OpenAsync()).DisposeAsync();
        OldCatalogue.Make(place.Library, 8);
        using (var old = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            old.Open();
            old.Execute("INSERT INTO paused_jobs VALUES ('one', 'index', 1000, '{\"paths\":[\"/a\"]}')");
        }

        await using PictureLibrary now = await place.OpenAsync();

        var kept = new UnfinishedJob("one", "index", DateTimeOffset.FromUnixTimeSeconds(1), """{"paths":["/a"]}""", Paused: true);
        Assert.Equal(kept, Assert.Single(await now.TakeUnfinishedJobsAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Jobs_Unfinished_CountDeathsUntilAProcessEndsWell()
    {
        using var place = new Place();
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using PictureLibrary library = await place.OpenAsync();
        await library.KeepJobAsync(new UnfinishedJob("runs", "index", DateTimeOffset.UnixEpoch, "{}", Paused: false), cancelled);
        await library.KeepJobAsync(new UnfinishedJob("paused", "index", DateTimeOffset.UnixEpoch, "{}", Paused: true), cancelled);

        int[] deaths = [.. (await library.TakeUnfinishedJobsAsync(cancelled)).OrderBy(j => j.Paused).Select(j => j.Deaths), (await library.TakeUnfinishedJobsAsync(cancelled)).Single(j => !j.Paused).Deaths];
        await library.EndWellAsync(cancelled);
        int well = (await library.TakeUnfinishedJobsAsync(cancelled)).Single(j => !j.Paused).Deaths;

        Assert.Equal([1, 0, 2], deaths);
        Assert.Equal(0, well);
    }
}
