using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Tests;

public sealed class OwnershipTests
{
    [Fact]
    public async Task Open_OwnedByAnother_NamesPidAndUrlUntilItIsKilled()
    {
        using var place = new Place();
        using Child owner = Child.Start("hold", place.Library, "http://localhost:5080");
        Assert.Equal("ready", owner.Line());

        LibraryInUseException inUse = await Assert.ThrowsAsync<LibraryInUseException>(() => place.OpenAsync());
        await using (PictureLibrary reader = await place.OpenAsync(new LibraryOptions { ReadOnly = true }))
            Assert.Equal(0, reader.List().Total);
        owner.Kill();

        Assert.Equal((owner.Pid, "http://localhost:5080"), (inUse.Pid, inUse.Url));
        Assert.Contains(owner.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture), inUse.Message, StringComparison.Ordinal);
        await using PictureLibrary library = await place.OpenAsync();
        LibraryInUseException own = await Assert.ThrowsAsync<LibraryInUseException>(() => place.OpenAsync());
        Assert.Equal((Environment.ProcessId, null), (own.Pid, own.Url));
    }

    [Fact]
    public async Task Open_ReadOnly_AnswersWhileAnotherWritesAndRefusesChanges()
    {
        using var place = new Place();
        place.MakePictures(30);
        await using PictureLibrary writer = await place.OpenWithModelAsync();
        await writer.IndexAsync([place.Pictures]);
        await using PictureLibrary reader = await place.OpenAsync(new LibraryOptions { ReadOnly = true });
        string id = reader.List(1).Items[0].Id;

        Assert.Equal(5, reader.Similar(id, 5).Items.Count);
        await writer.AddAsync("new.png", Place.Png(777));
        Assert.Equal(31, reader.List().Total);
        Assert.Equal(5, (await reader.FindAsync(new PictureQuery(null, new PictureExample(null, "q", Place.Png(5))), 5)).Items.Count);
        Assert.NotNull(await reader.ThumbnailAsync(id, 128));
        Assert.Equal("library.read-only", (await Assert.ThrowsAsync<InputException>(() => reader.AddAsync("x.png", Place.Png(6000)))).Code);
        Assert.Equal("library.read-only", (await Assert.ThrowsAsync<InputException>(() => reader.HideAsync(id, "ann"))).Code);
    }

    [Fact]
    public async Task Open_ReadOnlyOfNothing_SaysSoAndMakesNothing()
    {
        using var place = new Place();

        InputException none = await Assert.ThrowsAsync<InputException>(() => place.OpenAsync(new LibraryOptions { ReadOnly = true }));

        Assert.Equal("library.not-found", none.Code);
        Assert.False(Directory.Exists(place.Library));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_ReadOnlyFolder_AnswersAndSaysWhyItCannotWrite(bool killed)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.SkipWhen(Environment.UserName == "root", "Rights do not bind this user.");
        using var place = new Place();
        place.MakePictures(40);
        await using (PictureLibrary library = await place.OpenWithModelAsync())
            await library.IndexAsync([place.Pictures]);
        if (killed)
        {
            using Child child = Child.Start("upload", place.Library, "100");
            while (child.Line() is { } line && line.Length != 16)
                continue;
            child.Kill();
        }

        const UnixFileMode look = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        string[] all = [place.Library, .. Directory.GetDirectories(place.Library, "*", SearchOption.AllDirectories)];
        foreach (string file in Directory.GetFiles(place.Library, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        foreach (string folder in all)
            File.SetUnixFileMode(folder, look);
        try
        {
            await using PictureLibrary reader = await place.OpenAsync(new LibraryOptions { ReadOnly = true });
            Page<PictureItem> page = reader.List();
            Assert.True(page.Total >= (killed ? 41 : 40));
            Assert.Equal(5, reader.Similar(page.Items[^1].Id, 5).Items.Count);
            Assert.NotNull(await reader.ThumbnailAsync(page.Items[^1].Id, 128));
            Assert.Equal("library.not-writable", (await Assert.ThrowsAsync<InputException>(() => place.OpenAsync())).Code);
        }
        finally
        {
            foreach (string folder in all)
                File.SetUnixFileMode(folder, look | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Open_FolderOfSomethingElse_IsRefusedAndLeftAsItWas()
    {
        using var place = new Place();
        place.MakePictures(1);

        InputException foreign = await Assert.ThrowsAsync<InputException>(() => PictureLibrary.OpenAsync(place.Pictures));

        Assert.Equal("library.not-a-library", foreign.Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(place.Pictures));
        InputException file = await Assert.ThrowsAsync<InputException>(() => PictureLibrary.OpenAsync(place[place.Pictures, "0000.png"]));
        Assert.Equal("library.not-a-folder", file.Code);
    }

    [Theory]
    [InlineData("CREATE TABLE t (x)", "library.not-a-catalogue")]
    [InlineData("PRAGMA application_id = 0x50637472; PRAGMA user_version = 99; CREATE TABLE t (x)", "library.newer")]
    public async Task Open_DatabaseThatIsNotOurs_IsRefusedAndLeftAsItWas(string sql, string code)
    {
        using var place = new Place();
        Directory.CreateDirectory(place.Library);
        string path = place[place.Library, "catalogue.db"];
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            connection.Execute(sql);
        }

        byte[] before = File.ReadAllBytes(path);
        Assert.Equal(code, (await Assert.ThrowsAsync<InputException>(() => place.OpenAsync())).Code);
        Assert.Equal(code, (await Assert.ThrowsAsync<InputException>(() => place.OpenAsync(new LibraryOptions { ReadOnly = true }))).Code);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItWas()
    {
        using var place = new Place();
        Directory.CreateDirectory(place.Library);
        string path = place[place.Library, "catalogue.db"];
        File.WriteAllText(path, new string('x', 5000));

        Assert.Equal("library.not-a-catalogue", (await Assert.ThrowsAsync<InputException>(() => place.OpenAsync())).Code);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public async Task Migrate_OlderCatalogue_TakesTheMissingStepsAndKeepsACopy()
    {
        using var place = new Place();
        await using (PictureLibrary library = await place.OpenAsync())
            await library.AddAsync("x.png", Place.Png(1));
        SchemaStep[] steps = [.. Schema.Steps, new SchemaStep(Schema.Current + 1, "ALTER TABLE pictures ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")];

        await using (CatalogueFile catalogue = CatalogueFile.OpenForWriting(place.Library, steps))
            Assert.Equal("calm", catalogue.Read(c => c.ExecuteScalar<string>("SELECT mood FROM pictures")));

        Assert.True(File.Exists(place[place.Library, $"catalogue.db.schema-{Schema.Current}"]));
        Assert.Equal("library.newer", (await Assert.ThrowsAsync<InputException>(() => place.OpenAsync())).Code);
    }

    [Fact]
    public async Task Migrate_StepThatFails_ChangesNothing()
    {
        using var place = new Place();
        await (await place.OpenAsync()).DisposeAsync();
        SchemaStep[] steps = [.. Schema.Steps, new SchemaStep(Schema.Current + 1, "ALTER TABLE pictures ADD COLUMN mood TEXT; SELECT nonsense FROM nowhere")];

        Assert.Throws<SqliteException>(() => CatalogueFile.OpenForWriting(place.Library, steps));

        await using PictureLibrary library = await place.OpenAsync();
        Assert.Equal("added", (await library.AddAsync("x.png", Place.Png(1))).Status);
    }

    [Fact]
    public async Task Open_CatalogueLost_TakesTheOriginalsInAgain()
    {
        using var place = new Place();
        string id;
        await using (PictureLibrary library = await place.OpenAsync())
            id = (await library.AddAsync("x.png", Place.Png(1))).Id!;
        File.Delete(place[place.Library, "catalogue.db"]);

        await using PictureLibrary fresh = await place.OpenAsync();

        Assert.Equal(Place.Png(1), fresh.Content(id)!.Bytes);
    }

    [Fact]
    public async Task DerivedFolders_Deleted_AreMadeAgain()
    {
        using var place = new Place();
        place.MakePictures(1200);
        await using (PictureLibrary library = await place.OpenWithModelAsync())
        {
            await library.IndexAsync([place.Pictures]);
            await library.WarmUpAsync();
        }

        string saved = Assert.Single(Directory.GetFiles(place[place.Library, "index"]));
        string id;
        IReadOnlyList<Hit> first;
        await using (PictureLibrary library = await place.OpenAsync())
        {
            id = library.List(1).Items[0].Id;
            first = library.Similar(id, 7).Items;
        }

        byte[] damaged = File.ReadAllBytes(saved);
        damaged[damaged.Length / 2] ^= 4;
        File.WriteAllBytes(saved, damaged);
        await using (PictureLibrary library = await place.OpenAsync())
            Assert.Equal(first.Select(h => (h.Id, h.Score)), library.Similar(id, 7).Items.Select(h => (h.Id, h.Score)));
        Directory.Delete(place[place.Library, "index"], recursive: true);
        await using (PictureLibrary library = await place.OpenAsync())
            Assert.Equal(first.Select(h => (h.Id, h.Score)), library.Similar(id, 7).Items.Select(h => (h.Id, h.Score)));

        // A change makes what was saved a thing of the past, also when nobody had asked for the vectors.
        await using (PictureLibrary library = await place.OpenAsync())
            await library.HideAsync(first[0].Id, "ann");
        await using (PictureLibrary library = await place.OpenAsync())
            Assert.Equal(first[1].Id, library.Similar(id, 7).Items[0].Id);
    }
}
