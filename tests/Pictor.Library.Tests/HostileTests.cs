using System.Diagnostics;
using System.IO.Compression;
using Pictor.Imaging;

namespace Pictor.Library.Tests;

public sealed class HostileTests
{
    private static string? Find(string name)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Pictor.slnx")))
            root = Path.GetDirectoryName(root);
        string folder = Environment.GetEnvironmentVariable("PICTOR_DATA") is { Length: > 0 } set ? set : Path.GetFullPath(Path.Combine(root!, "..", "shared", "data"));
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? path : null;
    }

    [Fact]
    public async Task Index_HostileFiles_RefusesEachWithAReasonInBoundedMemory()
    {
        string? zip = Find("hostile.zip");
        Assert.SkipUnless(zip is not null, "The hostile files are not here; set PICTOR_DATA to their folder.");
        using var place = new Place();
        ZipFile.ExtractToDirectory(zip!, place.Pictures);
        await using PictureLibrary library = await place.OpenWithModelAsync();

        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);
        IndexOutcome second = await library.IndexAsync([place.Pictures]);

        TestContext.Current.SendDiagnosticMessage($"added {outcome.Added}, known {outcome.Known}, skipped {outcome.Skipped.Count}, {outcome.Seconds:F1} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        Assert.True(outcome.Added > 200, $"{outcome.Added} added");
        Assert.True(outcome.Skipped.Count > 50, $"{outcome.Skipped.Count} skipped");
        Assert.All(outcome.Skipped, s => Assert.Matches(@"^[A-Z].*[.!?]$", s.Reason));
        Assert.Equal((0, outcome.Added + outcome.Known), (second.Added, second.Known));
        Assert.Equal(outcome.Skipped, second.Skipped);
        Assert.True(Process.GetCurrentProcess().PeakWorkingSet64 < 3L << 30);

        // Whatever was taken in can be shown.
        foreach (PictureItem item in library.List(1000).Items)
            Assert.NotNull(await library.ThumbnailAsync(item.Id, 128));
    }

    [Fact]
    public async Task Index_PipesAndOddNames_NeitherHangsNorStops()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes are made with mkfifo.");
        using var place = new Place();
        place.MakePicture("a\nb \"quoted\" 猫 🐱.png", 1);
        place.MakePicture(new string('x', 240) + ".png", 2);
        using (Process mkfifo = Process.Start("mkfifo", [place[place.Pictures, "pipe.png"]]))
            await mkfifo.WaitForExitAsync();
        File.CreateSymbolicLink(place[place.Pictures, "zero.png"], "/dev/zero");
        Directory.CreateDirectory(place[place.Pictures, "folder.png"]);
        await using PictureLibrary library = await place.OpenAsync();

        IndexOutcome outcome = await library.IndexAsync([place.Pictures]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, outcome.Added);
        Assert.Equal(["pipe.png", "zero.png"], outcome.Skipped.Select(s => Path.GetFileName(s.File)));
        Assert.Equal(ContentHash.IdOf(Place.Png(1)), Assert.Single((await library.FindAsync(new PictureQuery("猫", null))).Items).Id);
    }

    [Fact]
    public async Task Index_UnreadableFileAndFolder_AreListedAndNothingIsMarkedMissing()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var place = new Place();
        string inner = place.MakePicture("closed/inner.png", 1), locked = place.MakePicture("locked.png", 2);
        place.MakePicture("open.png", 3);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        Assert.SkipWhen(Environment.UserName == "root", "Rights do not bind this user.");
        File.SetUnixFileMode(Path.GetDirectoryName(inner)!, UnixFileMode.None);
        File.WriteAllBytes(locked, Place.Png(4));
        File.SetUnixFileMode(locked, UnixFileMode.None);
        try
        {
            IndexOutcome outcome = await library.IndexAsync([place.Pictures]);

            Assert.Equal(0, outcome.Missing);
            Assert.Equal(["closed", "locked.png"], outcome.Skipped.Select(s => Path.GetFileName(s.File)));
        }
        finally
        {
            File.SetUnixFileMode(Path.GetDirectoryName(inner)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
