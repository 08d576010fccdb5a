using Pictor.Imaging;
using Pictor.Library.Ingest;

namespace Pictor.Library.Tests.Importing;

public sealed class ImportTests : IDisposable
{
    private readonly Place _place = new();

    public ImportTests() => Directory.CreateDirectory(_place.Pictures);

    public void Dispose() => _place.Dispose();

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_place.Pictures, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Sidecar(string name, string packet)
    {
        string path = Path.Combine(_place.Pictures, name);
        DateTime? before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null;
        File.WriteAllText(path, packet);
        if (before is { } time)
            File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        return path;
    }

    private static string[] Tags(PictureLibrary library, string id) =>
        [.. library.Annotations(id).Where(a => a is { Kind: AnnotationKind.Tag, Rejected: false, Source: "import" }).Select(a => a.Value).Order(StringComparer.Ordinal)];

    private Task<IndexOutcome> IndexAsync(PictureLibrary library) => library.IndexAsync([_place.Pictures]);

    [Fact]
    public async Task Index_ByCopy_TakesTheSidecarsWords()
    {
        string id = Place.IdOf(Write("photo.jpg", Xmp.Jpeg(1)));
        Sidecar("photo.xmp", Xmp.Packet(["Paris"]));
        await using PictureLibrary library = await _place.OpenAsync();

        IndexOutcome added = await library.IndexAsync([_place.Pictures], new IndexOptions { Copy = true });
        IndexOutcome again = await library.IndexAsync([_place.Pictures], new IndexOptions { Copy = true });

        Assert.Equal((1, 1, 0), (added.Added, again.Known, again.Changed));
        Assert.Equal(["Paris"], Tags(library, id));
    }

    [Fact]
    public void Walk_ASidecarThatChanged_LeadsToItsPictures()
    {
        string picture = Path.Combine(_place.Pictures, "photo.jpg");
        Write("photo.jpg", Xmp.Jpeg(1));
        Write("other.jpg", Xmp.Jpeg(2));
        string sidecar = Sidecar("photo.xmp", Xmp.Packet(["Paris"]));

        FoundFile found = Assert.Single(new FolderWalk(_place.Library).Files(sidecar, named: false));

        Assert.Equal((picture, sidecar), (found.Path, Assert.Single(found.Sidecars).Path));
    }

    [Fact]
    public async Task Index_EmbeddedAndBothSidecars_BecomeImportsThatAreFound()
    {
        string id = Place.IdOf(Write("photo.jpg", Xmp.Jpeg(1, Xmp.Packet(["beagle", "花园"], ["animals|dog|beagle"], "embedded", 2))));
        Sidecar("photo.xmp", Xmp.Packet(["Paris"], ["Places|France|Paris"], "from the shared one", 3));
        Sidecar("photo.jpg.xmp", Xmp.Packet(["BEAGLE", "holiday"], null, "from its own"));
        await using PictureLibrary library = await _place.OpenAsync();

        IndexOutcome outcome = await IndexAsync(library);

        Assert.Equal((1, 0), (outcome.Added, outcome.Skipped.Count));
        Assert.Equal(["France", "Paris", "Places", "animals", "beagle", "dog", "holiday", "花园"], Tags(library, id));
        AnnotationItem beagle = Assert.Single(library.Annotations(id), a => a.Value == "beagle");
        Assert.Equal((AnnotationKind.Tag, "animals|dog|beagle", 1, "import"), (beagle.Kind, beagle.LabelId, beagle.Confidence, beagle.Source));
        Assert.Equal("from its own", Assert.Single(library.Annotations(id), a => a.Kind == AnnotationKind.Caption).Value);
        Assert.Equal(3, library.Get(id)!.Rating);
        foreach (string word in new[] { "beagle", "dog", "花园", "France", "own" })
            Assert.Equal(id, Assert.Single((await library.FindAsync(new PictureQuery(word, null))).Items).Id);
    }

    [Fact]
    public async Task Index_ChangedSidecar_IsReadAgainAndOnlyThen()
    {
        string id = Place.IdOf(Write("a.jpg", Xmp.Jpeg(1)));
        Write("b.jpg", Xmp.Jpeg(2));
        await using PictureLibrary library = await _place.OpenAsync();
        await IndexAsync(library);

        string path = Sidecar("a.xmp", Xmp.Packet(["one", "two"]));
        IndexOutcome added = await IndexAsync(library);
        long two = library.Annotations(id).Single(a => a.Value == "two").Id;
        IndexOutcome same = await IndexAsync(library);
        Sidecar("a.xmp", Xmp.Packet(["two", "three"]));
        IndexOutcome changed = await IndexAsync(library);
        string[] after = Tags(library, id);
        File.Delete(path);
        IndexOutcome gone = await IndexAsync(library);

        Assert.Equal([(1, 1), (0, 2), (1, 1), (0, 2)], new[] { added, same, changed, gone }.Select(o => (o.Changed, o.Known)));
        Assert.Equal(["three", "two"], after);
        Assert.Equal(two, library.Annotations(id).Single(a => a.Value == "two").Id);
        Assert.Equal(after, Tags(library, id)); // what was imported is not forgotten with its file
    }

    [Fact]
    public async Task Import_NeverOverridesAPerson()
    {
        string id = Place.IdOf(Write("a.jpg", Xmp.Jpeg(1, Xmp.Packet(["dog", "cat"], null, "a text", 2))));
        await using PictureLibrary library = await _place.OpenAsync();
        await IndexAsync(library);

        await library.RejectTagAsync(id, "dog", "ada");
        await library.RejectTagAsync(id, "bird", "ada");
        await library.RejectAsync(id, library.Annotations(id).Single(a => a.Kind == AnnotationKind.Caption).Id, "ada");
        await library.RateAsync(id, 0, null, "ada");
        Sidecar("a.jpg.xmp", Xmp.Packet(["Dog", "bird", "cat", "fish"], null, "A TEXT", 5));
        await IndexAsync(library);
        await library.IndexAsync([_place.Pictures], new IndexOptions { Again = true });

        Assert.Equal(["cat", "fish"], Tags(library, id));
        Assert.DoesNotContain(library.Annotations(id), a => a.Kind == AnnotationKind.Caption && !a.Rejected);
        Assert.Equal(0, library.Get(id)!.Rating);
        Assert.DoesNotContain((await library.FindAsync(new PictureQuery("\"dog\"", null))).Items, h => h.Reasons.Any(r => r.Kind == "tag"));

        // A person outranks the import of the same word; taken back, the import stands.
        await library.AnnotateAsync(id, AnnotationKind.Tag, "cat", null, "ada");
        Assert.Equal("person ada", library.Annotations(id).Single(a => a.Value == "cat").Source);
        await library.RejectAsync(id, library.Annotations(id).Single(a => a.Value == "cat").Id, "ada");
        Assert.Equal("import", library.Annotations(id).Single(a => a.Value == "cat").Source);
    }

    [Fact]
    public async Task Index_HostileSidecars_AreToldAndThePictureIsTakenIn()
    {
        Write("bomb.jpg", Xmp.Jpeg(1));
        Write("large.jpg", Xmp.Jpeg(2));
        Write("good.jpg", Xmp.Jpeg(3));
        Sidecar("bomb.xmp", """<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>""");
        Sidecar("large.jpg.xmp", new string(' ', XmpDocument.LargestPacket + 1));
        Sidecar("good.xmp", Xmp.Packet([new string('x', 5000), "  ", "ok"], [string.Join('|', Enumerable.Repeat("deep", 5000))], new string('y', 50_000)));
        await using PictureLibrary library = await _place.OpenAsync();

        IndexOutcome first = await IndexAsync(library), second = await IndexAsync(library);

        Assert.Equal((3, 3), (first.Added, second.Known));
        Assert.Equal(["bomb.xmp", "large.jpg.xmp"], first.Skipped.Select(s => Path.GetFileName(s.File)));
        Assert.All(first.Skipped, s => Assert.Matches(@"^This sidecar .*delete it; the picture itself was taken in\.$", s.Reason));
        Assert.Equal(first.Skipped, second.Skipped);
    }

    [Fact]
    public async Task Index_PictureMovedWithItsSidecar_KeepsItsWordsAndFollowsTheNewOne()
    {
        string old = Write("a.jpg", Xmp.Jpeg(1)), id = Place.IdOf(old), sidecar = Sidecar("a.jpg.xmp", Xmp.Packet(["one", "two"]));
        await using PictureLibrary library = await _place.OpenAsync();
        await IndexAsync(library);

        Directory.CreateDirectory(_place[_place.Pictures, "moved"]);
        File.Move(old, _place[_place.Pictures, "moved", "b.jpg"]);
        File.Move(sidecar, _place[_place.Pictures, "moved", "b.jpg.xmp"]);
        await IndexAsync(library);
        Assert.Equal(["one", "two"], Tags(library, id));

        Sidecar("moved/b.jpg.xmp", Xmp.Packet(["two"]));
        await IndexAsync(library);
        Assert.Equal(["two"], Tags(library, id));
    }

    [Fact]
    public async Task Index_RawWithoutAndJpegWithIt_SaysTheWayOut()
    {
        Write("shot.nef", [.. "IIRO"u8, .. new byte[100]]);
        string id = Place.IdOf(Write("shot.jpg", Xmp.Jpeg(1)));
        Sidecar("shot.xmp", Xmp.Packet(["meadow"]));
        await using PictureLibrary library = await _place.OpenAsync();

        IndexOutcome outcome = await IndexAsync(library);

        Assert.Contains("Export it as JPEG", Assert.Single(outcome.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(["meadow"], Tags(library, id));
    }

    [Fact]
    public async Task Metadata_OfTheCamera_IsShownAndFound()
    {
        string id = Place.IdOf(Write("a.jpg", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "camera.jpg"))));
        Write("b.jpg", Xmp.Jpeg(2));
        await using PictureLibrary library = await _place.OpenAsync();
        await IndexAsync(library);

        PictureItem item = library.Get(id)!;
        Assert.Equal(("NIKON CORPORATION NIKON D750", "Nikon AF-S NIKKOR 50mm f/1.8G", 120, 0.004, 400), (item.Metadata!.Camera, item.Metadata.Lens, item.Metadata.UtcOffset, item.Metadata.ExposureTime, item.Metadata.Iso));
        Assert.Equal((-33.8584, 151.21), (Math.Round(item.Metadata.Latitude!.Value, 4), Math.Round(item.Metadata.Longitude!.Value, 4)));
        Assert.Equal(345, item.TakenAt!.Value.Millisecond);
        Assert.Null(library.List().Items[0].Metadata);
        foreach (string word in new[] { "nikkor", "\"50mm f/1.8g\"", "d750", "33.87S,151.2E", "\"33.86° S, 151.21° E\"", "\"南纬33.86°，东经151.21°\"", "geotagged" })
            Assert.Equal(id, Assert.Single((await library.FindAsync(new PictureQuery(word, null))).Items).Id);
        Assert.Empty((await library.FindAsync(new PictureQuery("48.86,2.29", null))).Items);
    }
}
