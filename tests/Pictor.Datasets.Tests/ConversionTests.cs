using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class ConversionTests : IDisposable
{
    private static readonly DatasetFormat[] s_files = [DatasetFormat.Folder, DatasetFormat.Csv, DatasetFormat.Coco, DatasetFormat.Voc, DatasetFormat.Yolo, DatasetFormat.Manifest];
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>What a data set says of one picture, told by its bytes.</summary>
    private sealed record Fact(string Sha256, string Classes, Split? Split, string? Group, string Columns, string Boxes);

    private static string Show(IEnumerable<(string Label, BoundingBox Box)> boxes) =>
        string.Join(' ', boxes.Select(b => FormattableString.Invariant($"{b.Label}:{b.Box.X:0.000000},{b.Box.Y:0.000000},{b.Box.Width:0.000000},{b.Box.Height:0.000000}")).Order(StringComparer.Ordinal)).Replace("-0.000000", "0.000000", StringComparison.Ordinal);

    private static Fact[] FactsOf(Dataset data) =>
    [
        .. data.Samples.Select(s => new Fact(
            s.Sha256, string.Join(' ', s.Classes.Select(c => data.Labels[c].Id)), s.Declared, s.Group, string.Join(' ', s.Columns.Select(c => $"{c.Key}={c.Value}")),
            Show(s.Boxes.Select(b => (data.Labels[b.Class].Id, b.Box))))).OrderBy(f => f.Sha256, StringComparer.Ordinal),
    ];

    /// <summary>What a format leaves of the facts: the plain description that writers and readers are held against.</summary>
    private static Fact[] Through(DatasetFormat format, Fact[] facts)
    {
        bool parts = facts.Any(f => f.Split is not null);
        string Boxed(Fact f)
        {
            string[] boxes = f.Boxes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] bare = [.. f.Classes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(c => !Array.Exists(boxes, b => b.StartsWith(c + ":", StringComparison.Ordinal)))];
            return string.Join(' ', boxes.Concat(bare.Select(c => $"{c}:0.000000,0.000000,1.000000,1.000000")).Order(StringComparer.Ordinal));
        }

        Split? Part(Fact f) => parts ? f.Split ?? Split.Train : null;
        return format switch
        {
            DatasetFormat.Folder => [.. facts.Where(f => f.Classes.Length > 0).Select(f => f with { Classes = f.Classes.Split(' ')[0], Split = Part(f), Group = null, Columns = "", Boxes = "" })],
            DatasetFormat.Csv => [.. facts.Select(f => f with { Boxes = "" })],
            DatasetFormat.Coco or DatasetFormat.Yolo => [.. facts.Select(f => f with { Split = Part(f), Group = null, Columns = "", Boxes = Boxed(f) })],
            DatasetFormat.Voc => [.. facts.Select(f => f with { Group = null, Columns = "", Boxes = Boxed(f) })],
            _ => facts,
        };
    }

    /// <summary>A data set of six to nine pictures, some turned by their camera, some of one name, with everything that samples can have.</summary>
    private async Task<string> MakeAsync(int seed, bool several)
    {
        var random = new CounterRandom(seed, 5);
        int count = 6 + random.Below(4);
        var table = new List<string> { several ? "path,labels" : "path,label" };
        for (int i = 0; i < count; i++)
        {
            string path = $"p{i % 2}/{i / 2} é.png";
            _temp.Write("source/" + path, TempFolder.Png((100 * seed) + i, 6 + random.Below(9), 5 + random.Below(9)));
            table.Add(several ? $"{path},{"abc"[i % 3]};{"abcd"[random.Below(4)]}" : $"{path},{"abc"[i % 3]}");
        }

        _temp.Write("source/labels.csv", string.Join('\n', table));
        using Dataset data = await _temp.OpenAsync("source");
        bool parts = random.Below(3) > 0;
        Sample[] samples =
        [
            .. data.Samples.Select(s => s with
            {
                Classes = several && s.Index == 5 ? [] : s.Classes,
                Class = several && s.Index == 5 ? -1 : s.Class,
                Declared = parts && random.Below(4) is < 3 and var part ? (Split)part : null,
                Group = random.Below(2) == 0 ? null : $"g{random.Below(3)}",
                Columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["camera"] = random.Below(2) == 0 ? "x" : "y" },
                Boxes = s.Index == 5 || random.Below(2) == 0 ? [] : [.. s.Classes.Take(1 + random.Below(2)).Select(c => new SampleBox(c, new BoundingBox(random.Below(50) / 100.0, random.Below(50) / 100.0, (1 + random.Below(49)) / 100.0, (1 + random.Below(49)) / 100.0)))],
            }),
        ];
        string path2 = Path.Combine(_temp.Path, "source.manifest.jsonl");
        await DatasetManifest.WriteAsync(path2, data, samples);
        return path2;
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    public async Task ConvertAsync_EveryPairOfFormats_KeepsWhatBothCanHold(int seed, bool several)
    {
        string source = await MakeAsync(seed, several);
        using Dataset data = await Dataset.OpenAsync(source, cancellationToken: TestContext.Current.CancellationToken);
        Fact[] facts = FactsOf(data);
        foreach (DatasetFormat first in s_files)
        {
            string a = Path.Combine(_temp.Path, $"{first}{(first == DatasetFormat.Manifest ? DatasetManifest.Extension : "")}");
            await DatasetConverter.ConvertAsync(data, a, first, cancellationToken: TestContext.Current.CancellationToken);
            using Dataset between = await Dataset.OpenAsync(a, cancellationToken: TestContext.Current.CancellationToken);
            Fact[] held = Through(first, facts);
            Assert.Equal(held, FactsOf(between));
            foreach (DatasetFormat second in s_files)
            {
                string b = Path.Combine(_temp.Path, $"{first}-{second}{(second == DatasetFormat.Manifest ? DatasetManifest.Extension : "")}");
                await DatasetConverter.ConvertAsync(between, b, second, cancellationToken: TestContext.Current.CancellationToken);
                using Dataset end = await Dataset.OpenAsync(b, cancellationToken: TestContext.Current.CancellationToken);
                Assert.Equal(Through(second, held), FactsOf(end));
            }
        }
    }

    [Fact]
    public async Task ConvertAsync_RecordsAndNames_BecomePngAndLabels()
    {
        byte[] Record(byte label, int seed) => [label, .. Enumerable.Range(0, 3072).Select(i => (byte)((i * 7) + seed))];
        _temp.Write(("c/data_batch_1.bin", [.. Record(1, 1), .. Record(0, 2)]), ("c/test_batch.bin", Record(1, 3)));
        _temp.Write("c/labels.tsv", "0\tplane, aeroplane\t飞机\n1\tcar\n");
        using Dataset data = await _temp.OpenAsync("c");
        Conversion done = await DatasetConverter.ConvertAsync(data, Path.Combine(_temp.Path, "f"), DatasetFormat.Folder, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset folder = await _temp.OpenAsync("f");
        await DatasetConverter.ConvertAsync(folder, Path.Combine(_temp.Path, "back"), DatasetFormat.Cifar, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset back = await _temp.OpenAsync("back");

        Assert.Empty(done.Warnings);
        Assert.Equal(("plane", "飞机", "aeroplane"), (folder.Labels[0].Name, folder.Labels[0].Chinese, folder.Labels[0].Synonyms.Single()));
        Assert.Equal("plane", back.Labels[0].Name);
        Assert.Equal(data.Samples.Select(s => (s.Class, s.Sha256, s.Declared)).Order(), back.Samples.Select(s => (s.Class, s.Sha256, s.Declared)).Order());
        Assert.True(File.Exists(Path.Combine(_temp.Path, "f", "test", "1", "test_batch-00000.png")));
    }

    [Fact]
    public async Task ConvertAsync_PictureOnItsSide_KeepsItsBoxes()
    {
        byte[] jpeg = PictureWriter.Jpeg(new Pixels(40, 20, 3, new byte[40 * 20 * 3]));
        byte[] exif = [.. "Exif\0\0"u8, 0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        _temp.Write("y/images/a.jpg", [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)]);
        _temp.Write("y/labels/a.txt", "0 0.25 0.125 0.5 0.25\n");
        using Dataset yolo = await _temp.OpenAsync("y");
        foreach (DatasetFormat format in new[] { DatasetFormat.Coco, DatasetFormat.Voc })
        {
            await DatasetConverter.ConvertAsync(yolo, Path.Combine(_temp.Path, $"{format}"), format, cancellationToken: TestContext.Current.CancellationToken);
            using Dataset read = await _temp.OpenAsync($"{format}");
            Assert.Equal(new BoundingBox(0, 0, 0.5, 0.25), read.Samples[0].Boxes[0].Box);
        }
    }

    [Fact]
    public async Task ConvertAsync_TargetInTheWay_IsRefusedAndUntouched()
    {
        _temp.Write(("s/a/1.png", TempFolder.Png(1)), ("s/b/2.png", TempFolder.Png(2)));
        _temp.Write("t/mine.txt", "keep");
        using Dataset data = await _temp.OpenAsync("s");
        async Task<string> Refused(string target, DatasetFormat format = DatasetFormat.Csv, bool force = false) =>
            (await Assert.ThrowsAsync<InputException>(() => DatasetConverter.ConvertAsync(data, Path.Combine(_temp.Path, target), format, new ConvertOptions { Force = force }))).Message;

        Assert.Contains("exists already", await Refused("t"), StringComparison.Ordinal);
        Assert.Contains("inside the source", await Refused("s/x"), StringComparison.Ordinal);
        Assert.Contains("inside the source", await Refused("s", force: true), StringComparison.Ordinal);
        Assert.Contains("inside the source", await Refused("", force: true), StringComparison.Ordinal);
        Assert.Contains("6 x 5", await Refused("u", DatasetFormat.Cifar), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatasetConverter.ConvertAsync(data, Path.Combine(_temp.Path, "u"), DatasetFormat.Csv, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(["s", "t"], Directory.GetFileSystemEntries(_temp.Path).Select(Path.GetFileName).Order());
        Assert.Equal("keep", await File.ReadAllTextAsync(Path.Combine(_temp.Path, "t", "mine.txt"), TestContext.Current.CancellationToken));

        await DatasetConverter.ConvertAsync(data, Path.Combine(_temp.Path, "t"), DatasetFormat.Csv, new ConvertOptions { Force = true, Link = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["images", "labels.csv"], Directory.GetFileSystemEntries(Path.Combine(_temp.Path, "t")).Select(Path.GetFileName).Order());
        Assert.Equal(data.Samples[0].File, new FileInfo(Path.Combine(_temp.Path, "t", "images", "1.png")).LinkTarget);
    }

    [Fact]
    public async Task ConvertAsync_WhatIsLost_IsSaid()
    {
        string source = await MakeAsync(4, several: true);
        using Dataset data = await Dataset.OpenAsync(source, cancellationToken: TestContext.Current.CancellationToken);
        Conversion done = await DatasetConverter.ConvertAsync(data, Path.Combine(_temp.Path, "f"), DatasetFormat.Folder, cancellationToken: TestContext.Current.CancellationToken);

        foreach (string word in new[] { "boxes", "groups", "one class a picture", "columns" })
            Assert.Contains(done.Warnings, w => w.Contains(word, StringComparison.Ordinal));
        Assert.Contains("no class", done.Skipped.Single().Reason, StringComparison.Ordinal);
    }
}
