using Pictor.Imaging;

namespace Pictor.Library.Tests.Finding;

public sealed class DuplicateTests
{
    [Fact]
    public async Task Duplicates_OfEachTier_AreGroupedAndTheBestIsExplained()
    {
        using var place = new Place();
        Pixels scene = Scene(1, 480, 360);
        string original = Save(place, "original.png", PictureWriter.Png(scene)), copy = Save(place, "deep/copy.png", File.ReadAllBytes(place[place.Pictures, "original.png"]));
        string scaled = Save(place, "scaled.jpg", PictureWriter.Jpeg(Resizer.Fit(scene, 300)));
        string bmp = Save(place, "same.bmp", Bmp(scene));
        Save(place, "other.png", PictureWriter.Png(Scene(2, 480, 360)));
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);

        Assert.False(library.DuplicatesAreCurrent);
        DuplicateOutcome outcome = await library.FindDuplicatesAsync();
        Assert.True(library.DuplicatesAreCurrent);
        Assert.Equal(4, outcome.Pictures);

        Assert.Equal(original, copy);
        DuplicateGroup bytes = Assert.Single(library.Duplicates(DuplicateTier.SameBytes).Items);
        Assert.Equal([original, original], bytes.Items.Select(i => i.Id));
        DuplicateGroup pixels = Assert.Single(library.Duplicates(DuplicateTier.SamePixels).Items);
        Assert.Equal(new[] { original, bmp }.Order(), pixels.Items.Select(i => i.Id).Order());
        DuplicateGroup near = Assert.Single(library.Duplicates(DuplicateTier.Copy).Items);
        Assert.Equal(new[] { original, bmp, scaled }.Order(), near.Items.Select(i => i.Id).Order());
        DuplicateItem best = Assert.Single(near.Items, i => i.Best);
        Assert.Same(near.Items[0], best);
        Assert.NotEqual(scaled, best.Id);
        Assert.NotEmpty(best.Reasons);

        Assert.Equal(new[] { original, bmp, scaled }.Order(), (await library.FindAsync(new PictureQuery("is:duplicate"))).Items.Select(h => h.Id).Order());
        Page<DuplicateGroup> first = library.Duplicates(limit: 2), second = library.Duplicates(limit: 2, cursor: first.NextCursor);
        Assert.Equal([DuplicateTier.SameBytes, DuplicateTier.SamePixels, DuplicateTier.Copy], first.Items.Concat(second.Items).Select(g => g.Tier));

        // What is hidden is no duplicate any more, and nothing was deleted.
        await library.HideAsync(scaled, "ann");
        Assert.False(library.DuplicatesAreCurrent);
        Assert.DoesNotContain(library.Duplicates(DuplicateTier.Copy).Items.SelectMany(g => g.Items), i => i.Id == scaled);
        Assert.True(File.Exists(place[place.Pictures, "scaled.jpg"]));
    }

    [Fact]
    public void Fingerprint_WrittenAndRead_FindsTheSame()
    {
        Pixels[] pictures = [Scene(1, 300, 300), Resizer.Fit(Scene(1, 300, 300), 260), Scene(3, 300, 300), Scene(4, 40, 40)];
        PictureFingerprint[] prints = [.. pictures.Select(p => PictureFingerprint.Of(p))];
        PictureFingerprint?[] read = [.. prints.Select(p => PictureFingerprint.FromBytes(p.ToBytes()))];

        Assert.Equal(DuplicateFinder.Find(prints).Select(s => string.Join(' ', s.Members)), DuplicateFinder.Find(read).Select(s => string.Join(' ', s.Members)));
        Assert.Equal(prints.Select(p => Convert.ToHexString(p.ToBytes())), read.Select(p => Convert.ToHexString(p!.ToBytes())));
        byte[] bytes = prints[0].ToBytes();
        Assert.Null(PictureFingerprint.FromBytes(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Null(PictureFingerprint.FromBytes([]));
    }

    [Fact]
    public async Task Duplicates_OfPicturesWithoutFingerprints_AreReadFromTheirFiles()
    {
        using var place = new Place();
        Save(place, "a.png", PictureWriter.Png(Scene(1, 300, 200)));
        Save(place, "b.jpg", PictureWriter.Jpeg(Scene(1, 300, 200)));
        await using (PictureLibrary library = await place.OpenAsync())
            await library.IndexAsync([place.Pictures]);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            Dapper.SqlMapper.Execute(connection, "DELETE FROM fingerprints");
        }

        await using PictureLibrary again = await place.OpenAsync();
        await again.FindDuplicatesAsync();
        Assert.Single(again.Duplicates(DuplicateTier.Copy).Items);
    }

    private static string Save(Place place, string name, byte[] file)
    {
        string path = Path.Combine(place.Pictures, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
        return Place.IdOf(path);
    }

    /// <summary>Discs and bars in many greys: corners enough, and no two seeds alike.</summary>
    private static Pixels Scene(int seed, int width, int height)
    {
        var random = new Random(seed);
        byte[] data = new byte[width * height * 3];
        Array.Fill(data, (byte)random.Next(256));
        for (int shape = 0; shape < 60; shape++)
        {
            int cx = random.Next(width), cy = random.Next(height), w = random.Next(8, 60), h = random.Next(8, 60);
            byte[] colour = [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
            bool disc = random.Next(2) == 0;
            for (int y = Math.Max(0, cy - h); y < Math.Min(height, cy + h); y++)
            {
                for (int x = Math.Max(0, cx - w); x < Math.Min(width, cx + w); x++)
                {
                    if (!disc || Math.Pow((x - cx) / (double)w, 2) + Math.Pow((y - cy) / (double)h, 2) < 1)
                        colour.CopyTo(data, ((y * width) + x) * 3);
                }
            }
        }

        return new Pixels(width, height, 3, data);
    }

    private static byte[] Bmp(Pixels p)
    {
        int stride = (p.Width * 3 + 3) / 4 * 4, size = 54 + (stride * p.Height);
        byte[] file = new byte[size];
        using var writer = new BinaryWriter(new MemoryStream(file));
        writer.Write("BM"u8);
        writer.Write(size);
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(p.Width);
        writer.Write(p.Height);
        writer.Write((short)1);
        writer.Write((short)24);
        for (int i = 0; i < 6; i++)
            writer.Write(0);
        for (int y = 0; y < p.Height; y++)
        {
            for (int x = 0; x < p.Width; x++)
            {
                for (int c = 0; c < 3; c++)
                    file[54 + ((p.Height - 1 - y) * stride) + (x * 3) + c] = p.Data[(((y * p.Width) + x) * 3) + 2 - c];
            }
        }

        return file;
    }
}
