using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class DrawnPicturesTests
{
    [Fact]
    public async Task WriteFolder_OpenedAgain_HasItsClassesAndNames()
    {
        using var temp = new TempFolder();
        string folder = Path.Combine(temp.Path, "drawn");
        Assert.Equal(16 * 10, DrawnPictures.WriteFolder(folder, 10, seed: 1, TestContext.Current.CancellationToken));
        using Dataset data = await Dataset.OpenAsync(folder);

        Assert.Equal(DrawnPictures.Labels.Select(l => (l.Id, l.Name, l.Chinese)), data.Labels.Select(l => (l.Id, l.Name, l.Chinese)));
        Assert.Equal(160, data.Samples.DistinctBy(s => s.Sha256, StringComparer.Ordinal).Count());
        Assert.Empty(data.Skipped);
        Assert.Equal(DrawnPictures.Draw(11, 3, 1).Data, data.Read(data.Samples.Single(s => s.File.EndsWith($"cross{Path.DirectorySeparatorChar}00003.png", StringComparison.Ordinal))).Data);
        Assert.Throws<InputException>(() => DrawnPictures.WriteFolder(folder, 10, seed: 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Draw_SameArguments_SamePixelsOtherSeedOthers()
    {
        Assert.Equal(DrawnPictures.Draw(3, 5, 1).Data, DrawnPictures.Draw(3, 5, 1).Data);
        Assert.NotEqual(DrawnPictures.Draw(3, 5, 1).Data, DrawnPictures.Draw(3, 5, 2).Data);
    }

    [Fact]
    public async Task Draw_Preview_HasTheOriginalFirst()
    {
        using var temp = new TempFolder();
        temp.Write(("a/1.png", TempFolder.Png(1, 32, 32)), ("b/1.png", TempFolder.Png(2, 32, 32)));
        using Dataset data = await temp.OpenAsync();
        Pixels sheet = AugmentationPreview.Draw(data, new Augmentation { Brightness = 0.5 }, rows: 5, columns: 4);

        Pixels first = data.Read(data.Samples[0]);
        Assert.Equal(3, sheet.Channels);
        Assert.Equal(first.Data[..3], sheet.Data.AsSpan(((4 * sheet.Width) + 4) * 3, 3).ToArray());
        Assert.Equal(4 + (2 * (96 + 4)), sheet.Height);
    }
}
