using Pictor.Imaging;

namespace Pictor.Library.Tests;

public sealed class UploadTests
{
    [Fact]
    public async Task Add_NewKnownAndBroken_EachHasItsOutcome()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenWithModelAsync();

        UploadItem added = await library.AddAsync("../../a b.png", Place.Png(1));
        UploadItem known = await library.AddAsync("same.png", Place.Png(1));
        UploadItem broken = await library.AddAsync("b.jpg", new byte[] { 0xFF, 0xD8, 1, 2 });
        UploadItem empty = await library.AddAsync("", ReadOnlyMemory<byte>.Empty);

        Assert.Equal(("a b.png", "added", ContentHash.IdOf(Place.Png(1))), (added.Name, added.Status, added.Id));
        Assert.Equal(("known", added.Id), (known.Status, known.Id));
        Assert.Equal(("rejected", null), (broken.Status, broken.Id));
        Assert.NotNull(broken.Problem);
        Assert.Equal("rejected", empty.Status);
        PictureItem item = library.Get(added.Id!)!;
        Assert.StartsWith(Path.Combine(place.Library, "originals"), item.File, StringComparison.Ordinal);
        Assert.Equal(Place.Png(1), library.Content(added.Id!)!.Bytes);
        Assert.Equal("image/png", library.Content(added.Id!)!.MediaType);
        Assert.Equal(1, library.List().Total);
    }

    [Fact]
    public async Task Add_PictureWhoseFileIsGone_KeepsAnOriginal()
    {
        using var place = new Place();
        string file = place.MakePicture("x.png", 5);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        byte[] bytes = File.ReadAllBytes(file);
        File.Delete(file);

        UploadItem item = await library.AddAsync("x.png", bytes);

        Assert.Equal("known", item.Status);
        Assert.Equal(bytes, library.Content(item.Id!)!.Bytes);
    }

    [Fact]
    public async Task Add_ManyAtOnce_LosesNone()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenWithModelAsync();

        UploadItem[] items = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => library.AddAsync($"{i}.png", Place.Png(i % 40))));

        Assert.Equal(40, items.Count(i => i.Status == "added"));
        Assert.Equal(20, items.Count(i => i.Status == "known"));
        Assert.Equal(40, library.List().Total);
    }

    [Fact]
    public async Task Library_MovedElsewhere_StillHasItsOriginals()
    {
        using var place = new Place();
        string id;
        await using (PictureLibrary library = await place.OpenAsync())
            id = (await library.AddAsync("x.png", Place.Png(1))).Id!;
        Directory.Move(place.Library, place["elsewhere"]);

        await using PictureLibrary moved = await PictureLibrary.OpenAsync(place["elsewhere"]);

        Assert.Equal(Place.Png(1), moved.Content(id)!.Bytes);
    }

    [Fact]
    public async Task Thumbnail_AskedByManyAtOnce_IsMadeOnceAndFits()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = (await library.AddAsync("big.png", Place.Png(1, 600))).Id!;

        PictureContent?[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => library.ThumbnailAsync(id, 100)));

        Assert.All(all, t => Assert.Equal("image/jpeg", t!.MediaType));
        PictureHeader header = PictureReader.ReadHeader(all[0]!.Bytes, "t");
        Assert.Equal((128, 128), (header.Width, header.Height));
        Assert.Equal(512, PictureReader.ReadHeader((await library.ThumbnailAsync(id, 300))!.Bytes, "t").Width);
        Assert.Equal(600, PictureReader.ReadHeader((await library.ThumbnailAsync(id, 5000))!.Bytes, "t").Width);
        Assert.Null(await library.ThumbnailAsync("ffffffffffffffff", 128));

        Directory.Delete(place[place.Library, "thumbnails"], recursive: true);
        Assert.NotNull(await library.ThumbnailAsync(id, 256));
    }
}
