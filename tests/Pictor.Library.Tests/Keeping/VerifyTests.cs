using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Tests.Keeping;

public sealed class VerifyTests
{
    [Fact]
    public async Task Verify_SoundLibrary_FindsNothing_AlsoBesideItsOwner()
    {
        using var place = new Place();
        await using PictureLibrary library = await FillAsync(place);
        await using PictureLibrary reader = await place.OpenAsync(new LibraryOptions { ReadOnly = true });

        Assert.Empty((await library.VerifyAsync(new VerifyOptions { Deep = true, Repair = true })).Faults);
        VerifyOutcome outcome = await reader.VerifyAsync(new VerifyOptions { Deep = true });
        Assert.Empty(outcome.Faults);
        Assert.Equal((7, 2), (outcome.Pictures, outcome.Originals));
        Assert.Equal("library.read-only", (await Assert.ThrowsAsync<InputException>(() => reader.VerifyAsync(new VerifyOptions { Repair = true }))).Code);
    }

    public static TheoryData<string, string> Wrongs => new()
    {
        { "picture.missing", "UPDATE pictures SET missing = 1 WHERE row = 1" },
        { "picture.missing", "UPDATE files SET missing = 1 WHERE picture = 2" },
        { "file.unread", "UPDATE files SET picture = NULL WHERE id = 1; UPDATE pictures SET missing = 1 WHERE row = 1" },
        { "reading.length", "UPDATE readings SET embedding = x'0011' WHERE picture = 3" },
        { "probabilities.orphan", "DELETE FROM readings WHERE picture = 2; DELETE FROM annotations WHERE picture = 2; UPDATE pictures SET shown_model = NULL WHERE row = 2" },
        { "annotation.orphan", "DELETE FROM probabilities; DELETE FROM readings; UPDATE pictures SET shown_model = NULL" },
        { "picture.shown-model", "UPDATE pictures SET shown_model = NULL WHERE row = 4" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task Repair_RowsThatContradict_AreMended(string check, string sql)
    {
        using var place = new Place();
        await (await FillAsync(place)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            connection.Execute("PRAGMA foreign_keys = OFF; " + sql);
        }

        await using PictureLibrary library = await place.OpenAsync();
        VerifyOutcome found = await library.VerifyAsync(), mended = await library.VerifyAsync(new VerifyOptions { Repair = true }), after = await library.VerifyAsync();

        Assert.Contains(found.Faults, f => f.Check == check && !f.Repaired);
        Assert.All(mended.Faults, f => Assert.True(f.Repaired, f.ToString()));
        Assert.Empty(after.Faults);
        Assert.Contains(library.Annotations(ContentHash(0)), a => a.Value == "kept"); // never touched
    }

    [Fact]
    public async Task Repair_FilesThatContradict_AreMended()
    {
        using var place = new Place();
        string upload, second;
        await using (PictureLibrary library = await FillAsync(place))
        {
            upload = library.Get(Pictor.Imaging.ContentHash.IdOf(Place.Png(500, 300)))!.File;
            second = library.Get(Pictor.Imaging.ContentHash.IdOf(Place.Png(501)))!.File;
        }

        string orphan = place[place.Library, "thumbnails", "ab", "abcdefabcdefabcd-256.jpg"], empty = place[place.Library, "thumbnails", "cd", $"{Path.GetFileName(upload)[..16]}-512.jpg"];
        string stray = place[place.Library, "originals", "00", new string('0', 64) + ".png"], package = place[place.Library, "models", "other@1.0.0.pictor"];
        foreach (string file in new[] { orphan, empty, stray, package })
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(orphan, "x");
        File.WriteAllBytes(empty, []);
        File.WriteAllBytes(stray, Place.Png(700));
        File.WriteAllText(package, "x");
        File.SetLastWriteTimeUtc(package, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Delete(upload);
        byte[] changed = File.ReadAllBytes(second);
        changed[^1] ^= 1;
        File.WriteAllBytes(second, changed);

        await using PictureLibrary again = await place.OpenAsync();
        string[] checks = [.. (await again.VerifyAsync(new VerifyOptions { Deep = true })).Faults.Select(f => f.Check).Order(StringComparer.Ordinal)];
        Assert.Equal(["model.orphan", "original.damaged", "original.missing", "original.uncatalogued", "thumbnail.empty", "thumbnail.orphan"], checks);
        VerifyOutcome mended = await again.VerifyAsync(new VerifyOptions { Deep = true, Repair = true });
        Assert.All(mended.Faults, f => Assert.True(f.Repaired, f.ToString()));
        Assert.Equal(0, (await again.VerifyAsync()).Left);
        Assert.False(File.Exists(orphan) || File.Exists(empty) || File.Exists(package));
        Assert.True(again.Get(Pictor.Imaging.ContentHash.IdOf(Place.Png(500, 300)))!.Missing);
        Assert.NotNull(again.Content(Pictor.Imaging.ContentHash.IdOf(Place.Png(700))));

        // The same bytes once more heal what was lost.
        Assert.Equal("known", (await again.AddAsync("up.png", Place.Png(500, 300))).Status);
        Assert.False(again.Get(Pictor.Imaging.ContentHash.IdOf(Place.Png(500, 300)))!.Missing);
    }

    [Fact]
    public async Task Repair_BrokenIndex_IsMadeAnew()
    {
        using var place = new Place();
        await (await FillAsync(place)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();

            // An index that knows less than its table: rows come while its entry in the schema says that it does not cover them.
            string sql = connection.ExecuteScalar<string>("SELECT sql FROM sqlite_master WHERE name = 'files_picture'")!;
            connection.Execute("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = @sql || ' WHERE picture < 0' WHERE name = 'files_picture'", new { sql });
        }

        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            connection.Execute("REINDEX files_picture");
            string sql = connection.ExecuteScalar<string>("SELECT sql FROM sqlite_master WHERE name = 'files_picture'")!;
            connection.Execute("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = @sql WHERE name = 'files_picture'", new { sql = sql.Replace(" WHERE picture < 0", "", StringComparison.Ordinal) });
        }

        await using PictureLibrary library = await place.OpenAsync();
        Assert.Contains((await library.VerifyAsync()).Faults, f => f.Check == "catalogue");
        Assert.Equal(0, (await library.VerifyAsync(new VerifyOptions { Repair = true })).Left);
        Assert.Empty((await library.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Info_Filled_CountsAll()
    {
        using var place = new Place();
        await using PictureLibrary library = await FillAsync(place);

        LibraryInfo info = library.Info();

        Assert.Equal((7, 7, 0, 0), (info.Pictures, info.Files, info.Missing, info.Skipped));
        Assert.Equal((2, 1), (info.Originals.Files, info.SaidByPeople));
        Assert.True(info.Originals.Bytes > 0 && info.CatalogueBytes > 0 && info.Thumbnails.Files == 1);
        Assert.Equal(place.Pictures, Assert.Single(info.Folders).Path);
        Assert.NotNull(info.LastIndexedAt);
        Assert.Equal(Environment.ProcessId, info.OwnerPid);
        Assert.Equal("net", Assert.Single(info.Models).Name);
    }

    private static string ContentHash(int seed) => Pictor.Imaging.ContentHash.IdOf(Place.Png(seed));

    private static async Task<PictureLibrary> FillAsync(Place place)
    {
        place.MakePictures(5);
        PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        await library.AddAsync("up.png", Place.Png(500, 300));
        await library.AddAsync("small.png", Place.Png(501));
        await library.AnnotateAsync(ContentHash(0), AnnotationKind.Tag, "kept", null, "ann");
        return library;
    }
}
