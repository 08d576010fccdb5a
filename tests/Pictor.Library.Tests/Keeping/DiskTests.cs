using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Tests.Keeping;

/// <summary>A disk that is full and a catalogue that someone else holds: told, with nothing lost and nothing half done.</summary>
public sealed class DiskTests
{
    [Fact]
    public void Full_Disk_IsToldAndLosesNothing()
    {
        using var place = new Place();
        Directory.CreateDirectory(place.Library);
        using Child child = Child.StartBy(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=4m tmpfs \"$0\" && echo mounted && exec \"$@\"", place.Library], "fill", place.Library);
        Assert.SkipUnless(child.Line() == "mounted", "This system lets no ordinary user mount a small disk (user namespaces are off).");
        var lines = new List<string>();
        while (child.Line() is { } line)
            lines.Add(line);

        Assert.Equal(["upload library.disk-full", "copy library.disk-full", "sound", "room", "added", "sound"], lines);
    }

    /// <summary>The child's side, on the small disk.</summary>
    internal static async Task<int> FillAsync(string folder)
    {
        using var place = new Place();
        await using PictureLibrary library = await PictureLibrary.OpenAsync(folder);
        string ballast = Path.Combine(folder, "settings.json"); // any file that may lie there
        File.WriteAllBytes(ballast, new byte[1 << 20]);
        var ids = new List<string>();
        for (int seed = 1; ; seed++)
        {
            try
            {
                ids.Add((await library.AddAsync("x.png", Place.Png(seed, 300))).Id!);
            }
            catch (InputException e)
            {
                Console.WriteLine($"upload {e.Code}");
                break;
            }
        }

        place.MakePictures(3);
        place.MakePicture("large.png", 9999, 500);
        try
        {
            Console.WriteLine($"copied {await library.IndexAsync([place.Pictures], new IndexOptions { Copy = true })}");
        }
        catch (InputException e)
        {
            Console.WriteLine($"copy {e.Code}");
        }

        await SoundAsync(library, ids);
        File.Delete(ballast);
        Console.WriteLine("room");
        Console.WriteLine((await library.AddAsync("x.png", Place.Png(ids.Count + 1, 300))).Status);
        await SoundAsync(library, ids);
        return 0;
    }

    [Fact]
    public async Task Locked_Catalogue_IsToldAndTheChangeCanBeMadeAgain()
    {
        using var place = new Place();
        place.MakePictures(3);
        await using PictureLibrary library = await place.OpenAsync(new LibraryOptions { Patience = TimeSpan.FromSeconds(1) });
        using (var other = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            other.Open();
            other.Execute("BEGIN IMMEDIATE");

            InputException upload = await Assert.ThrowsAsync<InputException>(() => library.AddAsync("x.png", Place.Png(500)));
            InputException index = await Assert.ThrowsAsync<InputException>(() => library.IndexAsync([place.Pictures]));

            Assert.Equal(("library.locked", "library.locked"), (upload.Code, index.Code));
            Assert.Empty(library.List().Items); // and it still answers
            other.Execute("ROLLBACK");
        }

        Assert.Equal("added", (await library.AddAsync("x.png", Place.Png(500))).Status);
        Assert.Equal(3, (await library.IndexAsync([place.Pictures])).Added);
        Assert.Empty((await library.VerifyAsync()).Faults);
    }

    private static async Task SoundAsync(PictureLibrary library, List<string> ids)
    {
        VerifyOutcome outcome = await library.VerifyAsync(new VerifyOptions { Deep = true });
        string[] faults = [.. outcome.Faults.Where(f => f.Check != "original.uncatalogued").Select(f => f.ToString())];
        string[] lost = [.. ids.Where(id => library.Content(id) is null)];
        Console.WriteLine(faults.Length + lost.Length == 0 ? "sound" : string.Join("; ", faults.Concat(lost)));
    }
}
