using System.IO.Compression;

namespace Pictor.Library.Tests.Keeping;

public sealed class BackupTests
{
    [Theory]
    [InlineData("saved.zip")]
    [InlineData("saved")]
    public async Task Backup_OfALiveLibrary_RestoresToTheSame(string name)
    {
        using var place = new Place();
        IReadOnlyList<string> files = place.MakePictures(20);
        await using PictureLibrary library = await place.OpenWithModelAsync();
        await library.IndexAsync([place.Pictures]);
        for (int i = 0; i < 10; i++)
            await library.AddAsync($"{i}.png", Place.Png(500 + i));
        await library.AnnotateAsync(Place.IdOf(files[3]), AnnotationKind.Tag, "kept", null, "ann");

        // Saved by another process's eyes, while this one goes on writing.
        using var stop = new CancellationTokenSource();
        Task writing = Task.Run(async () =>
        {
            for (int i = 600; !stop.IsCancellationRequested; i++)
                await library.AddAsync($"{i}.png", Place.Png(i));
        }, TestContext.Current.CancellationToken);
        BackupOutcome saved;
        await using (PictureLibrary reader = await place.OpenAsync(new LibraryOptions { ReadOnly = true }))
            saved = await reader.BackupAsync(place[name], cancellationToken: TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await writing;
        RestoreOutcome restored = await PictureLibrary.RestoreAsync(place[name], place["again"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(saved.Skipped);
        Assert.True(saved.Originals >= 10 && saved.Pictures == saved.Originals + 20 && saved.Models == 1, saved.ToString());
        Assert.Equal((saved.Pictures, saved.Originals, 1), (restored.Pictures, restored.Originals, restored.Models));
        await using PictureLibrary again = await PictureLibrary.OpenAsync(place["again"]);
        Assert.Empty((await again.VerifyAsync(new VerifyOptions { Deep = true })).Faults);
        Assert.Contains(again.Annotations(Place.IdOf(files[3])), a => a.Value == "kept");
        Assert.Equal(Place.Png(505), again.Content(Imaging.ContentHash.IdOf(Place.Png(505)))!.Bytes);
        Assert.Equal(5, again.Similar(Place.IdOf(files[3]), 5).Items.Count);
        Assert.Equal(library.Annotations(Place.IdOf(files[5])), again.Annotations(Place.IdOf(files[5])));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(place.Root), f => f.EndsWith(".part", StringComparison.Ordinal) || f.EndsWith(".restoring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_IntoTheSameFolder_WritesOnlyWhatIsNew()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        for (int i = 0; i < 5; i++)
            await library.AddAsync($"{i}.png", Place.Png(i));
        BackupOutcome first = await library.BackupAsync(place["saved"]);
        await library.AddAsync("new.png", Place.Png(9));

        BackupOutcome second = await library.BackupAsync(place["saved"]);

        Assert.Equal((5, 5), (first.Originals, first.Copied));
        Assert.Equal((6, 1), (second.Originals, second.Copied));
        Assert.Equal(6, (await PictureLibrary.RestoreAsync(place["saved"], place["again"])).Originals);
    }

    [Fact]
    public async Task Backup_WhereItWouldHarm_IsRefused()
    {
        using var place = new Place();
        place.MakePictures(1);
        await using PictureLibrary library = await place.OpenAsync();
        await using PictureLibrary other = await PictureLibrary.OpenAsync(place["other"]);
        await library.BackupAsync(place["saved"]);
        await library.BackupAsync(place["saved.zip"]);

        Assert.Equal("backup.other-library", await CodeAsync(() => other.BackupAsync(place["saved"])));
        Assert.Equal("backup.exists", await CodeAsync(() => library.BackupAsync(place["saved.zip"])));
        Assert.Equal("backup.not-empty", await CodeAsync(() => library.BackupAsync(place.Pictures)));
        Assert.Equal("backup.inside-library", await CodeAsync(() => library.BackupAsync(place[place.Library, "backup"])));
        Assert.Equal("restore.exists", await CodeAsync(() => PictureLibrary.RestoreAsync(place["saved"], place.Pictures)));
        Assert.Equal("backup.not-found", await CodeAsync(() => PictureLibrary.RestoreAsync(place["nowhere"], place["x"])));
        Assert.Equal("backup.damaged", await CodeAsync(() => PictureLibrary.RestoreAsync(place.Pictures, place["x"])));
        Assert.False(Directory.Exists(place["x"]));
    }

    [Theory]
    [InlineData("catalogue.db")]
    [InlineData("originals")]
    [InlineData("models")]
    public async Task Restore_OfADamagedBackup_SaysSoAndLeavesNothing(string what)
    {
        using var place = new Place();
        await using (PictureLibrary library = await place.OpenWithModelAsync())
        {
            await library.AddAsync("x.png", Place.Png(1));
            await library.BackupAsync(place["saved"]);
        }

        string file = Directory.EnumerateFiles(place["saved"], "*", SearchOption.AllDirectories).First(f => f[place["saved"].Length..].Contains(what, StringComparison.Ordinal));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        InputException damaged = await Assert.ThrowsAsync<InputException>(() => PictureLibrary.RestoreAsync(place["saved"], place["again"]));

        Assert.Equal("backup.damaged", damaged.Code);
        Assert.Contains(what, damaged.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root, "again*"));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("originals/../../evil.txt")]
    [InlineData("models/a/b.pictor")]
    [InlineData("/etc/evil")]
    public async Task Restore_NamesThatClimb_AreRefused(string name)
    {
        using var place = new Place();
        await using (PictureLibrary library = await place.OpenAsync())
            await library.BackupAsync(place["saved.zip"]);
        using (ZipArchive zip = ZipFile.Open(place["saved.zip"], ZipArchiveMode.Update))
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write("x");
        }

        Assert.Equal("backup.damaged", await CodeAsync(() => PictureLibrary.RestoreAsync(place["saved.zip"], place["again"])));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root, "*evil*"));
    }

    private static async Task<string> CodeAsync(Func<Task> work) => (await Assert.ThrowsAsync<InputException>(work)).Code;
}
