using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class DatasetInfoTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task ExamineAsync_SmallSet_TellsEverything()
    {
        _temp.Write(
            ("train/a/1.png", TempFolder.Png(1)), ("train/a/2.png", TempFolder.Png(2)), ("train/a/3.png", TempFolder.Png(3, 10, 20, 1)), ("train/b/1.png", TempFolder.Png(1)),
            ("test/a/1.png", TempFolder.Png(4)), ("test/b/2.png", TempFolder.Png(2)), ("test/b/3.png", TempFolder.Png(5)[..70]), ("test/b/notes.txt", [65, 66]));
        _temp.Write("labels.tsv", "a\tapple\t苹果\nb\tbanana\n");
        using Dataset data = await _temp.OpenAsync();
        DatasetInfo info = await DatasetInfo.ExamineAsync(data);

        Assert.Equal((7, 2, new PartCounts(4, 0, 3)), (info.Samples, info.Classes, info.Declared));
        Assert.Equal(new ClassInfo("a", "apple", "苹果", 4, new PartCounts(3, 0, 1), info.PerClass[0].Plan), info.PerClass[0]);
        Assert.Equal(4.0 / 3, info.Imbalance);
        Assert.Equal((new LengthRange(6, 6, 10), new LengthRange(5, 5, 20), new CommonSize(6, 5, 5)), (info.Width, info.Height, info.CommonSize));
        Assert.Equal((3, 1), (info.Channels, info.Grey));
        Assert.Equal(2, info.Unreadable.Count);
        Assert.Equal(2, info.Duplicates.Count);
        Assert.All(info.Duplicates, d => Assert.True(d.LabelsDiffer));
        Assert.Equal(ContentHash.Sha256Of(TempFolder.Png(2)), Assert.Single(info.Leaks).Sha256);
        Assert.Equal(3, info.Plan.Test);

        string text = info.ToText();
        Assert.All((string[])["7 in 2 classes", "苹果", "notes.txt", "1 picture stands in more than one declared part", info.Fingerprint, "1.33 times"], w => Assert.Contains(w, text, StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(info, PictorJson.Compact));
        Assert.Equal("path format samples classes declared plan perClass imbalance width height commonSize channels grey mean std unreadable duplicates leaks fingerprint task labelling notes", string.Join(' ', json.RootElement.EnumerateObject().Select(p => p.Name)));
        Assert.Equal("train", json.RootElement.GetProperty("leaks")[0].GetProperty("parts")[0].GetString());
    }

    [Fact]
    public async Task ExamineAsync_NothingReadable_StillAnswers()
    {
        _temp.Write(("a/1.png", TempFolder.Png(1)[..70]), ("b/1.png", TempFolder.Png(2)[..70]));
        using Dataset data = await _temp.OpenAsync();
        DatasetInfo info = await DatasetInfo.ExamineAsync(data);

        Assert.Null(info.Width);
        Assert.Equal(2, info.Unreadable.Count);
        Assert.Contains("none readable", info.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task ExamineAsync_TinyImageNet_FindsItsKnownFlaws()
    {
        Assert.SkipUnless(TestData.Find("tiny-imagenet.tar.gz") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("tiny-imagenet.tar.gz")!);
        DatasetInfo info = await DatasetInfo.ExamineAsync(data);

        Assert.Equal((45_000, 200, new PartCounts(40_000, 5_000, 0)), (info.Samples, info.Classes, info.Declared));
        Assert.Equal((5, 5, 2), (info.Duplicates.Count, info.Duplicates.Count(d => d.LabelsDiffer), info.Leaks.Count));
        Assert.Equal(new CommonSize(64, 64, 45_000), info.CommonSize);
        Assert.Empty(info.Unreadable);
        Assert.Equal("Egyptian cat", data.Labels.Single(l => l.Id is "n02124075").Name);
    }

    [Fact]
    public async Task OpenAsync_HostileFilesAsClasses_EachEndsInPixelsOrAReason()
    {
        Assert.SkipUnless(TestData.Find("hostile.zip") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("hostile.zip")!);
        var preprocessing = new Preprocessing(new PictureShape(3, 16, 16), ResizePolicy.Letterbox, [0, 0, 0], [1, 1, 1]);
        using PackedStore store = await PackedStore.BuildAsync(data, [.. data.Samples.Select(s => s.Index)], preprocessing);

        Assert.Equal(data.Samples.Count, store.Count + store.Skipped.Count);
        Assert.All(store.Skipped, s => Assert.False(string.IsNullOrWhiteSpace(s.Reason)));
    }

    [Fact]
    public async Task OpenAsync_FashionMnist_HasItsNames()
    {
        const string Folder = "/usr/share/datasets/fashion-mnist";
        Assert.SkipUnless(Directory.Exists(Folder), "Debian's package dataset-fashion-mnist is not installed.");
        using Dataset data = await Dataset.OpenAsync(Folder);

        Assert.Equal(70_000, data.Samples.Count);
        Assert.Equal(("T-shirt/top", "Ankle boot", "短靴"), (data.Labels[0].Name, data.Labels[9].Name, data.Labels[9].Chinese));
    }
}
