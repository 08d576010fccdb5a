using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

/// <summary>Pictures that Pictor renders: the same for the same seed, and tagged with what they show.</summary>
public sealed class RenderedPicturesTests
{
    [Fact]
    public void Draw_SameArguments_SamePictureOtherSeedAnother()
    {
        RenderedPicture first = RenderedPictures.Draw(7, seed: 3, side: 48), again = RenderedPictures.Draw(7, seed: 3, side: 48);

        Assert.Equal(first.Pixels.Data, again.Pixels.Data);
        Assert.Equal(first.LabelIds, again.LabelIds);
        Assert.NotEqual(first.Pixels.Data, RenderedPictures.Draw(7, seed: 4, side: 48).Pixels.Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Draw_ARound_ShowsEveryTagAndEachShapeInEachColourTwice(int seed)
    {
        IReadOnlyList<string>[] tags = [.. Enumerable.Range(0, RenderedPictures.PerRound).Select(i => RenderedPictures.Draw(i, seed, side: 16).LabelIds)];
        string[] known = [.. RenderedPictures.Labels.Select(l => l.Id)];

        Assert.Equal(known.Length, known.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(known.Order(StringComparer.Ordinal), tags.SelectMany(t => t).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(tags, t => Assert.Equal(t.OrderBy(id => Array.IndexOf(known, id)).Distinct(), t));
        foreach (string shape in new[] { "circle", "square", "triangle", "star", "heart", "cross" })
        {
            foreach (string colour in new[] { "red", "orange", "yellow", "green", "blue", "purple", "black", "white" })
                Assert.Equal(2, tags.Count(t => t.SequenceEqual([shape, colour])));
        }

        Assert.All(tags.Where(t => t.Contains("moon")), t => Assert.Contains("night", t));
        Assert.DoesNotContain(tags, t => t.Contains("sun") && t.Contains("moon"));
    }

    [Fact]
    public void Draw_AnotherSide_TheSameDrawing()
    {
        for (int number = 0; number < 12; number++)
        {
            Pixels large = RenderedPictures.Draw(number, seed: 5, side: 96).Pixels, small = RenderedPictures.Draw(number, seed: 5, side: 48).Pixels;
            double difference = 0;
            for (int i = 0; i < small.Data.Length; i++)
            {
                int x = i / 3 % 48, y = i / 3 / 48, channel = i % 3;
                int corner = (((2 * y * 96) + (2 * x)) * 3) + channel;
                difference += Math.Abs(small.Data[i] - ((large.Data[corner] + large.Data[corner + 3] + large.Data[corner + 288] + large.Data[corner + 291]) / 4.0));
            }

            Assert.InRange(difference / small.Data.Length, 0, 5);
        }
    }

    [Fact]
    public void Draw_RedCircle_IsRedInTheMiddleAndNotAtTheEdge()
    {
        int[] red = [.. Enumerable.Range(0, RenderedPictures.PerRound).Where(i => RenderedPictures.Draw(i, seed: 1, side: 16).LabelIds.SequenceEqual(["circle", "red"]))];

        Assert.Equal(2, red.Length);
        foreach (int number in red)
        {
            Pixels picture = RenderedPictures.Draw(number, seed: 1, side: 64).Pixels;
            Assert.Contains(Enumerable.Range(0, 64 * 64), i => IsRed(picture, i));
            Assert.DoesNotContain(Enumerable.Range(0, 64), i => IsRed(picture, i));
        }

        static bool IsRed(Pixels p, int i) => p.Data[i * 3] > p.Data[(i * 3) + 1] + 80 && p.Data[i * 3] > p.Data[(i * 3) + 2] + 80;
    }

    [Fact]
    public async Task WriteFolder_OpenedAgain_IsADataSetOfSeveralTags()
    {
        using var temp = new TempFolder();
        string folder = Path.Combine(temp.Path, "rendered");
        RenderedPictures.WriteFolder(folder, RenderedPictures.PerRound, seed: 2, side: 24, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset data = await Dataset.OpenAsync(folder);

        Assert.Equal(DatasetTask.MultiLabel, data.Task);
        Assert.Equal(RenderedPictures.PerRound, data.Samples.Count);
        Assert.Empty(data.Skipped);
        Assert.Equal(RenderedPictures.Labels.Select(l => (l.Id, l.Name, l.Chinese)).ToHashSet(), data.Labels.Select(l => (l.Id, l.Name, l.Chinese)).ToHashSet());
        Assert.Contains("圆", data.Labels.Single(l => l.Id == "circle").Synonyms);
        foreach (Sample sample in data.Samples.Take(20))
        {
            RenderedPicture drawn = RenderedPictures.Draw(int.Parse(Path.GetFileNameWithoutExtension(sample.File)[6..], System.Globalization.CultureInfo.InvariantCulture) - 1, seed: 2, side: 24);
            Assert.Equal(drawn.Pixels.Data, data.Read(sample).Data);
            Assert.Equal(drawn.LabelIds.Order(StringComparer.Ordinal), sample.Classes.Select(c => data.Labels[c].Id).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void WriteFolder_BesideOtherPictures_IsRefusedAndTheyStay()
    {
        using var temp = new TempFolder();
        temp.Write(("pictures/mine.png", TempFolder.Png(1)));

        Assert.Throws<InputException>(() => RenderedPictures.WriteFolder(temp.Path, 3, seed: 1, side: 16, cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(temp.Path, "pictures", "mine.png")));
    }
}
