using Pictor.Datasets.Cleaning;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class CleaningTests
{
    [Fact]
    public async Task ExamineAsync_EveryFaultPlanted_IsFoundAndNothingElse()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 40; i++)
            folder.Write($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", PictureWriter.Png(Scene(i)));
        byte[] jpeg = PictureWriter.Jpeg(Scene(100), 90);
        folder.Write("a/truncated.jpg", jpeg[..(jpeg.Length / 2)]);
        folder.Write("a/broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0]);
        folder.Write("b/text.jpg", "this is no picture at all");
        folder.Write("b/readme.txt", "neither is this, and it is no damage");
        folder.Write("a/named.jpg", PictureWriter.Png(Scene(101)));
        folder.Write("a/dark.png", PictureWriter.Png(Map(Scene(102), v => v / 6)));
        folder.Write("a/bright.png", PictureWriter.Png(Map(Scene(103), v => 200 + (v / 5))));
        folder.Write("a/flat.png", PictureWriter.Png(new Pixels(160, 120, 3, [.. Enumerable.Repeat((byte)90, 160 * 120 * 3)])));
        folder.Write("a/small.png", PictureWriter.Png(Resizer.Resize(Scene(104), 40, 30)));
        folder.Write("a/long.png", PictureWriter.Png(Resizer.Resize(Scene(105), 900, 120)));
        folder.Write("a/blurry.png", PictureWriter.Png(Resizer.Resize(Resizer.Resize(Scene(106), 8, 6), 160, 120)));
        using Dataset data = await folder.OpenAsync();

        CleaningFindings findings = await DatasetCleaning.ExamineAsync(data);

        Assert.Equal(
            [
                "Blurry blurry.png Keep", "Bright bright.png Keep", "Dark dark.png Keep", "LeftOut readme.txt Drop", "LowInformation flat.png Keep", "OddAspect long.png Keep",
                "TooSmall small.png Keep", "Truncated truncated.jpg Drop", "Undecodable broken.jpg Drop", "Undecodable text.jpg Drop", "WrongExtension named.jpg Keep",
            ],
            findings.Issues.Select(i => $"{i.Problem} {Path.GetFileName(i.File)} {i.Action}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ExamineAsync_OnlyWhatIsUnusualInItsOwnSetIsOdd()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 30; i++)
            folder.Write($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", PictureWriter.Png(Map(Resizer.Resize(Scene(i), 24, 20), v => v / 6)));
        using Dataset data = await folder.OpenAsync();

        Assert.Empty((await DatasetCleaning.ExamineAsync(data)).Issues);
    }

    [Fact]
    public async Task ExamineAsync_Duplicates_OneOfEachStaysAndTestIsSpared()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 8; i++)
            folder.Write($"train/{(i % 2 == 0 ? "a" : "b")}/{i}.png", PictureWriter.Png(Scene(i)));
        folder.Write("test/a/other.png", PictureWriter.Png(Scene(20)));
        folder.Write("test/b/other.png", PictureWriter.Png(Scene(21)));
        folder.Write("train/a/copy.png", PictureWriter.Png(Scene(0)));
        folder.Write("test/a/leak.jpg", PictureWriter.Jpeg(Scene(2), 60));
        folder.Write("train/b/said-b.png", PictureWriter.Png(Scene(4)));
        folder.Write("train/b/small.png", PictureWriter.Png(Resizer.Resize(Scene(7), 110, 82)));
        using Dataset data = await folder.OpenAsync();

        CleaningFindings findings = await DatasetCleaning.ExamineAsync(data);

        Assert.Equal(
            [
                "LabelConflict a/4.png Drop", "LabelConflict b/said-b.png Drop", "Leak a/leak.jpg Keep", "Leak a/2.png Drop", "ExactDuplicate a/0.png Keep", "ExactDuplicate a/copy.png Drop",
                "NearDuplicate b/7.png Keep", "NearDuplicate b/small.png Drop",
            ],
            findings.Issues.Where(i => i.Group is not null).OrderBy(i => i.Problem).ThenBy(i => i.Action).ThenBy(i => i.File, StringComparer.Ordinal)
                .Select(i => $"{i.Problem} {Path.GetFileName(Path.GetDirectoryName(i.File))}/{Path.GetFileName(i.File)} {i.Action}"));
    }

    [Fact]
    public async Task GroupsAsync_SharesANumberExactlyAmongTheSamePicture()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 6; i++)
            folder.Write($"{(i % 2 == 0 ? "a" : "b")}/{i}.png", PictureWriter.Png(Scene(i)));
        folder.Write("b/x.jpg", PictureWriter.Jpeg(Scene(0), 50));
        using Dataset data = await folder.OpenAsync();

        int[] groups = await DatasetCleaning.GroupsAsync(data);

        Assert.Equal([0, 1, 2, 3, 4, 5, 0], groups);
    }

    [Fact]
    public async Task Between_CountsExactAndNearLeaks()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 6; i++)
            folder.Write($"train/{(i % 2 == 0 ? "a" : "b")}/{i}.png", PictureWriter.Png(Scene(i)));
        folder.Write("test/a/0.png", PictureWriter.Png(Scene(0)));
        folder.Write("test/a/2.jpg", PictureWriter.Jpeg(Scene(2), 50));
        folder.Write("test/b/9.png", PictureWriter.Png(Scene(9)));
        using Dataset data = await folder.OpenAsync();
        var plan = SplitPlan.Declared(data);

        Assert.Equal(new Leakage(3, 1, 1), Leakage.Between(data, plan.Train, plan.Test));
        var exact = Leakage.Between(data, plan.Train, plan.Test, near: false);
        Assert.Equal(new Leakage(3, 1, null), exact);
        Assert.Equal("1 of 3 judged pictures are byte-equal to a training picture (near duplicates were not looked for): the figures may be too good.", exact.Line());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task ExamineAsync_Mnist_RaisesFewFalseAlarms()
    {
        Assert.SkipUnless(TestData.Find("mnist") is not null, TestData.Absent);
        using Dataset data = await Dataset.OpenAsync(TestData.Find("mnist")!);

        CleaningFindings findings = await DatasetCleaning.ExamineAsync(data);

        Assert.InRange(findings.Issues.Count, 0, data.Samples.Count / 500);
    }

    /// <summary>Overlapping discs on a slope: busy, sharp, of middle brightness, another for each number.</summary>
    private static Pixels Scene(int number)
    {
        const int W = 160, H = 120;
        var random = new CounterRandom(5, number);
        var data = new byte[W * H * 3];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(100 + (80 * (i / 3 / W) / H));
        for (int shape = 0; shape < 70; shape++)
        {
            (int cx, int cy, int r) = (random.Below(W), random.Below(H), 3 + random.Below(16));
            byte[] colour = [(byte)random.Next(), (byte)random.Next(), (byte)random.Next()];
            for (int y = Math.Max(0, cy - r); y < Math.Min(H, cy + r); y++)
            {
                for (int x = Math.Max(0, cx - r); x < Math.Min(W, cx + r); x++)
                {
                    if (((x - cx) * (x - cx)) + ((y - cy) * (y - cy)) < r * r)
                        colour.CopyTo(data, 3 * ((y * W) + x));
                }
            }
        }

        return new Pixels(W, H, 3, data);
    }

    private static Pixels Map(Pixels p, Func<byte, int> map) => p with { Data = [.. p.Data.Select(v => (byte)Math.Clamp(map(v), 0, 255))] };
}
