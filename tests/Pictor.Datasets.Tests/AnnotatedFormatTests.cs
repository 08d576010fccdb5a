using System.Text;
using Pictor.Datasets.Yolo;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class AnnotatedFormatTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>A JPEG of 40 x 20 stored pixels that a camera held on its side.</summary>
    private static byte[] Turned(int orientation)
    {
        byte[] jpeg = PictureWriter.Jpeg(new Pixels(40, 20, 3, new byte[40 * 20 * 3]));
        byte[] tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }

    private const string TwoImages = "\"images\":[{\"id\":7,\"file_name\":\"a.png\",\"width\":6,\"height\":5},{\"id\":8,\"file_name\":\"b.png\",\"width\":6,\"height\":5}]";

    [Fact]
    public async Task Coco_BoxesAndCategories_BecomeFractionsAndClasses()
    {
        _temp.Write(("images/a.png", TempFolder.Png(1)), ("images/b.png", TempFolder.Png(2)));
        _temp.Write("annotations/instances.json", $$"""
            {"categories":[{"id":18,"name":"dog"},{"id":3,"name":"cat"},{"id":4,"name":"cow"}],{{TwoImages}},
             "annotations":[{"id":1,"image_id":7,"category_id":18,"bbox":[3,1,3,2],"iscrowd":0,"segmentation":[[1,2,3]]},{"id":2,"image_id":7,"category_id":3,"bbox":[-3,0,6,5]},{"id":3,"image_id":7,"category_id":3,"bbox":[9,0,6,5]}]}
            """);
        foreach (string name in new[] { "", "annotations/instances.json" })
        {
            using Dataset data = await _temp.OpenAsync(name);

            Assert.Equal(("coco", DatasetTask.MultiLabel, "cat dog"), (data.Format, data.Task, string.Join(' ', data.Labels.Select(l => l.Id))));
            Assert.Equal([new SampleBox(1, new BoundingBox(0.5, 0.2, 0.5, 0.4)), new SampleBox(0, new BoundingBox(0, 0, 0.5, 1))], data.Samples[0].Boxes);
            Assert.Equal([0, 1], data.Samples[0].Classes);
            Assert.Equal((0, -1), (data.Samples[1].Classes.Count, data.Samples[1].Class));
            Assert.Contains(data.Notes, n => n.Contains("1 box reaches beyond", StringComparison.Ordinal));
            Assert.Contains(data.Notes, n => n.Contains("1 box lies outside", StringComparison.Ordinal));
            Assert.Contains(data.Notes, n => n.Contains("'cow'", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1, 40, 20, 0, 0, 0.25, 0.5)]
    [InlineData(3, 40, 20, 0.75, 0.5, 0.25, 0.5)]
    [InlineData(6, 40, 20, 0.5, 0, 0.5, 0.25)]
    [InlineData(8, 40, 20, 0, 0.75, 0.5, 0.25)]
    [InlineData(6, 20, 40, 0, 0, 0.5, 0.25)]
    public async Task Coco_PictureOnItsSide_BoxTurnsWithIt(int orientation, int width, int height, double x, double y, double w, double h)
    {
        _temp.Write("a.jpg", Turned(orientation));
        _temp.Write("instances.json", $$"""{"categories":[{"id":1,"name":"c"}],"images":[{"id":1,"file_name":"a.jpg","width":{{width}},"height":{{height}}}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,10,10]}]}""");
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal(new BoundingBox(x, y, w, h), data.Samples[0].Boxes[0].Box);
        PictureHeader header = data.ReadHeader(data.Samples[0]);
        Assert.Equal(orientation >= 5 ? (20, 40) : (40, 20), (header.Width, header.Height));
    }

    [Fact]
    public async Task Coco_Faults_AreToldAtOnce()
    {
        _temp.Write(("a.png", TempFolder.Png(1)), ("b.png", TempFolder.Png(2)));
        _temp.Write("instances.json", $$"""{"categories":[{"id":1,"name":"dog"},{"id":1,"name":"cat"}],{{TwoImages}},"annotations":[{"image_id":9,"category_id":1},{"image_id":7,"category_id":5},{"image_id":7,"category_id":1,"bbox":[1,2]}]}""");
        string message = (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync())).Message;
        foreach (string part in new[] { "categories[1]: id 1 was given before", "annotations[0]", "9 is none of its images", "5 is none of its categories", "annotations[2]", "\"bbox\"" })
            Assert.Contains(part, message, StringComparison.Ordinal);

        _temp.Write("instances.json", "{\"images\": 3");
        Assert.Contains("no COCO file", (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Voc_AnnotationsAndSets_AreRead()
    {
        static byte[] Xml(string file, string objects) => Encoding.UTF8.GetBytes($"<annotation><filename>{file}</filename><size><width>6</width><height>5</height><depth>3</depth></size>{objects}</annotation>");
        const string Dog = "<object><name>dog</name><bndbox><xmin>4</xmin><ymin>2</ymin><xmax>6</xmax><ymax>3</ymax></bndbox></object>", Cat = "<object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>6</xmax><ymax>5</ymax></bndbox></object>";
        (string, byte[])[] files =
        [
            ("VOC/JPEGImages/1.png", TempFolder.Png(1)), ("VOC/JPEGImages/2.png", TempFolder.Png(2)), ("VOC/JPEGImages/3.png", TempFolder.Png(3)),
            ("VOC/Annotations/1.xml", Xml("1.png", Dog + Cat)), ("VOC/Annotations/2.xml", Xml("2.png", Cat)), ("VOC/Annotations/3.xml", Xml("3.png", "")), ("VOC/Annotations/4.xml", Xml("4.png", Cat)),
            ("VOC/Annotations/5.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><annotation>&x;</annotation>"u8.ToArray()), ("VOC/ImageSets/Main/train.txt", "1\n"u8.ToArray()), ("VOC/ImageSets/Main/val.txt", "2\n"u8.ToArray()),
        ];
        _temp.Write(files);
        _temp.Write(("x.tar.gz", TempFolder.Gzip(TempFolder.Tar(files))));
        foreach (string name in new[] { "VOC", "x.tar.gz" })
        {
            using Dataset data = await _temp.OpenAsync(name);

            Assert.Equal(("voc", "cat dog"), (data.Format, string.Join(' ', data.Labels.Select(l => l.Id))));
            Assert.Equal([Split.Train, Split.Val, null], data.Samples.Select(s => s.Declared));
            Assert.Equal([new SampleBox(1, new BoundingBox(0.5, 0.2, 0.5, 0.4)), new SampleBox(0, new BoundingBox(0, 0, 1, 1))], data.Samples[0].Boxes);
            Assert.Equal(2, data.Skipped.Count);
            Assert.Contains(data.Skipped, s => s.Reason.Contains("'4.png' is not there", StringComparison.Ordinal));
            Assert.Contains(data.Skipped, s => s.Reason.Contains("DTD", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Yolo_ListsOutlinesAndEmptyPictures_AreRead()
    {
        _temp.Write(("set/train/images/a.png", TempFolder.Png(1)), ("set/train/images/b.png", TempFolder.Png(2)), ("set/valid/images/c.png", TempFolder.Png(3)));
        _temp.Write("set/train/labels/a.txt", "1 0.5 0.5 0.2 0.4\r\n0 0.1 0.1 0.3 0.1 0.3 0.5\n");
        _temp.Write("set/valid/labels/c.txt", "1 0.5 0.5 1 1 0.93\n");
        _temp.Write("set/data.yaml", "train: ../train/images\nval: ../valid/images\nnc: 2\nnames: ['it''s', \"dog\"] # two\n");
        using Dataset data = await _temp.OpenAsync("set");

        Assert.Equal(("yolo", "dog it's"), (data.Format, string.Join(' ', data.Labels.Select(l => l.Id))));
        Assert.Equal([Split.Train, Split.Train, Split.Val], data.Samples.Select(s => s.Declared!.Value));
        Assert.Equal([0, 1], data.Samples[0].Classes);
        Assert.Equal((0.4, 0.3, 0.2, 0.4), (data.Samples[0].Boxes[0].Box.X, data.Samples[0].Boxes[0].Box.Y, data.Samples[0].Boxes[0].Box.Width, data.Samples[0].Boxes[0].Box.Height));
        Assert.Equal((0.1, 0.1, 0.4), (data.Samples[0].Boxes[1].Box.X, data.Samples[0].Boxes[1].Box.Y, data.Samples[0].Boxes[1].Box.Height));
        Assert.Empty(data.Samples[1].Classes);

        _temp.Write("set/train/labels/a.txt", "2 0.5 0.5 0.2 0.4\nx 1 1 1 1\n1 0.5 0.5\n");
        string message = (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("set"))).Message;
        foreach (string part in new[] { "train/labels/a.txt line 1: class 2 is not among the 2 classes", "line 2: 'x'", "line 3" })
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("names: [a, 'b, c', \"d\\\"e\"]", "a|b, c|d\"e")]
    [InlineData("names:\n- a\n- 'b: c'\n", "a|b: c")]
    [InlineData("names:\n  0: a # first\n  1: \"b # c\"\n", "a|b # c")]
    [InlineData("names: {0: a, 1: b}\nnc: 2", "a|b")]
    [InlineData("names: [\n  a,\n  b,\n]\nx: 1", "a|b")]
    [InlineData("\uFEFF# c\n---\nnames:\n    - don't\n    - it's #1\n", "don't|it's")]
    public void Yaml_EveryStyleOfNames_IsRead(string text, string names) =>
        Assert.Equal(names, string.Join('|', YoloYaml.Parse(text, "data.yaml")["names"].Select(n => n.Value)));

    [Fact]
    public async Task Cifar_Records_ArePlanesOfThreeColours()
    {
        byte[] Record(byte label, int seed) => [label, .. Enumerable.Range(0, 3072).Select(i => (byte)((i * 7) + seed))];
        _temp.Write(("c/data_batch_1.bin", [.. Record(1, 1), .. Record(0, 2)]), ("c/test_batch.bin", Record(1, 3)));
        _temp.Write("c/batches.meta.txt", "airplane\nautomobile\n\n");
        using Dataset data = await _temp.OpenAsync("c");

        Assert.Equal(("cifar", "airplane automobile"), (data.Format, string.Join(' ', data.Labels.Select(l => l.Id))));
        Assert.Equal([(1, Split.Train), (0, Split.Train), (1, Split.Test)], data.Samples.Select(s => (s.Class, s.Declared!.Value)));
        byte[] planes = data.RawPlanes(1, new PictureShape(3, 32, 32)).ToArray();
        Pixels pixels = data.Read(data.Samples[1]);
        Assert.All(Enumerable.Range(0, 3072), i => Assert.Equal(planes[(i % 3 * 1024) + (i / 3)], pixels.Data[i]));
        Assert.Equal((byte)((5 * 7) + 2), planes[5]);

        _temp.Write("c/test_batch.bin", new byte[3000]);
        Assert.Contains("3000 bytes", (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("c"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_RealCoco_HasItsBoxes()
    {
        string? path = TestData.Find("coco-64.zip");
        Assert.SkipWhen(path is null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(path!, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("coco", 64, 602, DatasetTask.MultiLabel), (data.Format, data.Samples.Count, data.Samples.Sum(s => s.Boxes.Count), data.Task));
        Assert.All(data.Samples.SelectMany(s => s.Boxes), b => Assert.True(b.Box.IsValid));
    }
}
