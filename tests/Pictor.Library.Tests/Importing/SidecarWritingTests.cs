using System.Xml.Linq;
using Pictor.Imaging;

namespace Pictor.Library.Tests.Importing;

public sealed class SidecarWritingTests : IDisposable
{
    private readonly Place _place = new();

    public SidecarWritingTests() => Directory.CreateDirectory(_place.Pictures);

    public void Dispose() => _place.Dispose();

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_place.Pictures, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string[] Said(PictureLibrary library, string id) =>
        [.. library.Annotations(id).Where(a => !a.Rejected && !a.Source.StartsWith("package", StringComparison.Ordinal)).Select(a => $"{a.Kind} {a.Value} {a.LabelId}").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task WriteSidecars_ThenIndexIntoANewLibrary_SaysTheSame()
    {
        string a = Write("a.jpg", Xmp.Jpeg(1, Xmp.Packet(["beagle"], ["animals|dog|beagle"], "embedded"))), b = Write("b.png", Place.Png(2)), c = Write("c.jpg", Xmp.Jpeg(3));
        Dictionary<string, byte[]> originals = new[] { a, b, c }.ToDictionary(f => f, File.ReadAllBytes);
        File.WriteAllText(_place[_place.Pictures, "c.xmp"], Xmp.Packet(["Paris"], ["Places|France|Paris"]));
        string[][] said;
        string[] ids = [Place.IdOf(a), Place.IdOf(b), Place.IdOf(c)];
        await using (PictureLibrary library = await _place.OpenWithModelAsync())
        {
            await library.IndexAsync([_place.Pictures]);
            await library.AnnotateAsync(ids[0], AnnotationKind.Tag, "我的狗", null, "ada");
            await library.AnnotateAsync(ids[0], AnnotationKind.Caption, "What a person wrote <& \"this\">", null, "ada");
            await library.AnnotateAsync(ids[1], AnnotationKind.Tag, "AC/DC", null, "ada");
            await library.AnnotateAsync(ids[1], AnnotationKind.Tag, "a|b", null, "ada");
            await library.RateAsync(ids[1], 5, null, "ada");
            await library.RejectTagAsync(ids[2], "Places", "ada");

            SidecarOutcome dry = await library.WriteSidecarsAsync();
            Assert.False(File.Exists(a + ".xmp"));
            SidecarOutcome wet = await library.WriteSidecarsAsync(new SidecarOptions { Apply = true });

            Assert.Equal((false, true), (dry.Applied, wet.Applied));
            Assert.Equal([a + ".xmp", b + ".xmp"], wet.Items.Select(i => i.File));
            Assert.Equal(dry.Items.Select(i => (i.File, string.Join(',', i.Add), i.Description, i.Rating)), wet.Items.Select(i => (i.File, string.Join(',', i.Add), i.Description, i.Rating)));
            Assert.Equal(("What a person wrote <& \"this\">", 5), (wet.Items[0].Description, wet.Items[1].Rating));
            Assert.Empty((await library.WriteSidecarsAsync(new SidecarOptions { Apply = true })).Items);

            // What was written is known: the next index neither reads it again nor takes it for something new.
            string[][] before = [.. ids.Select(id => Said(library, id))];
            IndexOutcome again = await library.IndexAsync([_place.Pictures]);
            Assert.Equal((3, 0), (again.Known, again.Changed));
            said = [.. ids.Select(id => Said(library, id))];
            Assert.Equal(before, said);
        }

        Assert.All(originals, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        await using PictureLibrary fresh = await PictureLibrary.OpenAsync(_place["fresh"]);
        await fresh.IndexAsync([_place.Pictures]);
        Assert.Equal(said[0].Where(s => !s.Contains("embedded", StringComparison.Ordinal)), Said(fresh, ids[0]));
        Assert.Equal(said[1], Said(fresh, ids[1]));
        Assert.Equal(5, fresh.Get(ids[1])!.Rating);
    }

    [Fact]
    public async Task WriteSidecars_IntoAnExistingOne_KeepsWhatItDoesNotKnow()
    {
        string picture = Write("a.jpg", Xmp.Jpeg(1)), id = Place.IdOf(picture), sidecar = _place[_place.Pictures, "a.xmp"];
        const string Foreign = """<crs:ToneCurve xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Version="15"><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve><!-- a remark -->""";
        File.WriteAllText(sidecar, Xmp.Packet(["theirs", "wrong"], ["things|wrong"], "old text", 2, Foreign));
        await using PictureLibrary library = await _place.OpenAsync();
        await library.IndexAsync([_place.Pictures]);
        await library.AnnotateAsync(id, AnnotationKind.Tag, "ours", null, "ada");
        await library.RejectTagAsync(id, "wrong", "ada");
        var time = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        string text = File.ReadAllText(sidecar).Replace("<rdf:li>theirs</rdf:li>", "<rdf:li>theirs</rdf:li><rdf:li>since then</rdf:li>", StringComparison.Ordinal);
        File.WriteAllText(sidecar, text);
        File.SetLastWriteTimeUtc(sidecar, time);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(sidecar, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        SidecarItem item = Assert.Single((await library.WriteSidecarsAsync(new SidecarOptions { Apply = true, PreserveTimes = true })).Items);

        Assert.Equal((sidecar, false, "ours,things", "wrong"), (item.File, item.New, string.Join(',', item.Add), string.Join(',', item.Remove)));
        string after = File.ReadAllText(sidecar);
        DescriptiveMetadata said = XmpReader.Read(File.ReadAllBytes(sidecar));
        Assert.Equal(["ours", "since then", "theirs", "things"], said.Keywords.Select(k => k.Word).Order(StringComparer.Ordinal));
        Assert.Equal(("old text", 2), (said.Description, said.Rating));
        Assert.Contains("""<crs:ToneCurve xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Version="15"><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve>""", after, StringComparison.Ordinal);
        Assert.Contains("<!-- a remark -->", after, StringComparison.Ordinal);
        Assert.Contains("x:xmptk=\"by hand\"", after, StringComparison.Ordinal);
        Assert.EndsWith("<?xpacket end=\"w\"?>\n", after, StringComparison.Ordinal);
        Assert.Equal(time, File.GetLastWriteTimeUtc(sidecar));
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(sidecar).HasFlag(UnixFileMode.GroupWrite));
        Assert.Equal(["a.jpg", "a.xmp"], Directory.EnumerateFileSystemEntries(_place.Pictures).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task WriteSidecars_WordTakenBack_IsTakenOutAgain()
    {
        string picture = Write("a.jpg", Xmp.Jpeg(1)), id = Place.IdOf(picture);
        await using PictureLibrary library = await _place.OpenAsync();
        await library.IndexAsync([_place.Pictures]);
        AnnotationItem first = await library.AnnotateAsync(id, AnnotationKind.Tag, "first", null, "ada");
        await library.AnnotateAsync(id, AnnotationKind.Tag, "second", null, "ada");
        await library.WriteSidecarsAsync(new SidecarOptions { Apply = true });

        // Another program adds a word of its own; ours are not taken for imports, so that a person can still take them back.
        string sidecar = picture + ".xmp";
        File.WriteAllText(sidecar, File.ReadAllText(sidecar).Replace("<rdf:li>first</rdf:li>", "<rdf:li>first</rdf:li><rdf:li>theirs</rdf:li>", StringComparison.Ordinal));
        await library.IndexAsync([_place.Pictures]);
        await library.RejectAsync(id, first.Id, "ada");
        SidecarItem item = Assert.Single((await library.WriteSidecarsAsync(new SidecarOptions { Apply = true })).Items);

        Assert.Equal(["first"], item.Remove);
        Assert.Equal(["second", "theirs"], XmpReader.Read(File.ReadAllBytes(sidecar)).Keywords.Select(k => k.Word).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteSidecars_OfModels_OnlyWhenAskedAndNeverReadBack()
    {
        string picture = Write("a.png", Place.Png(1)), id = Place.IdOf(picture);
        await using PictureLibrary library = await _place.OpenWithModelAsync(threshold: 0.01);
        await library.IndexAsync([_place.Pictures]);
        string[] byModel = [.. library.Annotations(id).Select(a => a.Value)];
        Assert.NotEmpty(byModel);

        SidecarOutcome without = await library.WriteSidecarsAsync(), with = await library.WriteSidecarsAsync(new SidecarOptions { Apply = true, Models = true });

        Assert.Equal((0, 1), (without.Items.Count, without.ModelOnly));
        Assert.Equal(byModel.Order(StringComparer.Ordinal), Assert.Single(with.Items).Add.Order(StringComparer.Ordinal));
        Assert.Equal(byModel.Order(StringComparer.Ordinal), XDocument.Load(picture + ".xmp").Descendants(XmpNames.Subject).Descendants(XmpNames.Rdf + "li").Select(li => li.Value).Order(StringComparer.Ordinal));
        await using PictureLibrary fresh = await PictureLibrary.OpenAsync(_place["fresh"]);
        await fresh.IndexAsync([_place.Pictures]);
        Assert.Empty(fresh.Annotations(id));
    }

    [Fact]
    public async Task WriteSidecars_WhereItCannot_TellsAndGoesOn()
    {
        string broken = Write("broken.jpg", Xmp.Jpeg(1)), blocked = Write("blocked.jpg", Xmp.Jpeg(2)), good = Write("good.jpg", Xmp.Jpeg(3));
        await using PictureLibrary library = await _place.OpenAsync();
        await library.IndexAsync([_place.Pictures]);
        foreach (string file in new[] { broken, blocked, good })
            await library.AnnotateAsync(Place.IdOf(file), AnnotationKind.Tag, "word", null, "ada");
        File.WriteAllText(broken + ".xmp", "<not xmp");
        Directory.CreateDirectory(blocked + ".xmp");

        SidecarOutcome outcome = await library.WriteSidecarsAsync(new SidecarOptions { Apply = true });

        Assert.Equal([good + ".xmp"], outcome.Items.Select(i => i.File));
        Assert.Equal([blocked + ".xmp", broken + ".xmp"], outcome.Skipped.Select(s => s.File));
        Assert.Equal("<not xmp", File.ReadAllText(broken + ".xmp"));
        Assert.Contains("safe in the library", outcome.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_place.Pictures), f => f.EndsWith(".part", StringComparison.Ordinal));
    }
}
