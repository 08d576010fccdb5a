namespace Pictor.Library.Tests.Ingest;

/// <summary>Folders that may be read and not written, and some that may not even be read. The child is a process that rights bind, also where the tests run as root.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task Index_ReadOnlyAndUnreadableFolders_GoesOnAndMarksNothingMissing()
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.SkipUnless(OperatingSystem.IsLinux() || Environment.UserName != "root", "Rights do not bind this user.");
        using var place = new Place();
        place.MakePictures(5);
        place.MakePictures(3, first: 100, folder: "closed");
        string[] closed = [.. Directory.GetFiles(place[place.Pictures, "closed"]).Select(Place.IdOf)];
        string package = place.Package();
        await using (PictureLibrary library = await place.OpenAsync())
        {
            await library.Models.AddAsync(package);
            await library.IndexAsync([place.Pictures]);
        }

        string secret = place.MakePicture("secret.png", 200);
        place.MakePicture("new.png", 201);
        File.SetUnixFileMode(secret, UnixFileMode.None);
        File.SetUnixFileMode(place[place.Pictures, "closed"], UnixFileMode.None);
        File.SetUnixFileMode(place.Pictures, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            string[] by = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"] : [];
            using Child child = Child.StartBy(by, "index", place.Library, place.Pictures, package, "plain");
            var lines = new List<string>();
            while (child.Line() is { } line)
                lines.Add(line);
            Assert.Equal("end", lines[^1]);
        }
        finally
        {
            File.SetUnixFileMode(place.Pictures, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(place[place.Pictures, "closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await using PictureLibrary again = await place.OpenAsync();
        Assert.Equal((9, 0, 1), (again.Summarize().Pictures, again.Summarize().Missing, again.Summarize().Skipped));
        Assert.All(closed, id => Assert.False(again.Get(id)!.Missing));
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal((1, 9, 0), ((await again.IndexAsync([place.Pictures])) is var o ? o.Added : -1, o.Known, o.Skipped.Count));
    }
}
