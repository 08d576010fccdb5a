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
}
