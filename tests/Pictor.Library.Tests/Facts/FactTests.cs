using Pictor.Imaging;
using Pictor.Library.Facts;

namespace Pictor.Library.Tests.Facts;

public sealed class FactTests
{
    [Theory]
    [InlineData("2023-01-15 08:30", "year-2023 month-1 winter morning")]
    [InlineData("2020-03-01 12:00", "year-2020 month-3 spring afternoon")]
    [InlineData("1999-08-31 17:00", "year-1999 month-8 summer evening")]
    [InlineData("2024-11-30 21:00", "year-2024 month-11 autumn night")]
    [InlineData("2024-12-01 04:59", "year-2024 month-12 winter night")]
    public void OfTime_TellsYearMonthSeasonAndTimeOfDay(string taken, string expected) =>
        Assert.Equal(expected, string.Join(' ', FactFinder.OfTime(DateTime.Parse(taken, System.Globalization.CultureInfo.InvariantCulture)).Select(f => f.Id)));

    [Fact]
    public void Of_SizesAndCamera_AreTold()
    {
        Assert.Equal(["panorama", "landscape-format"], Of(Noise(200, 100)).Intersect(["panorama", "landscape-format", "portrait-format", "square-format"]).OrderDescending());
        Assert.Contains("portrait-format", Of(Noise(100, 199)));
        Assert.DoesNotContain("panorama", Of(Noise(100, 200)));
        Assert.Contains("square-format", Of(Noise(90, 90)));

        var header = new PictureHeader(PictureFormat.Jpeg, 40, 30, 1, false, new DateTime(2023, 7, 4, 19, 0, 0), "Canon EOS 5D", Geotagged: true);
        string[] facts = [.. FactFinder.Of(header, Noise(40, 30)).Select(f => f.Id)];
        Assert.Empty("year-2023|month-7|summer|evening|camera:Canon EOS 5D|geotagged".Split('|').Except(facts));
        Assert.DoesNotContain("geotagged", FactFinder.Of(header with { Geotagged = false }, Noise(40, 30)).Select(f => f.Id));
    }

    [Theory]
    [InlineData(200, 30, 30, "red")]
    [InlineData(255, 150, 0, "orange")]
    [InlineData(240, 220, 40, "yellow")]
    [InlineData(40, 140, 60, "green")]
    [InlineData(60, 120, 220, "blue")]
    [InlineData(130, 50, 170, "purple")]
    [InlineData(255, 170, 190, "pink")]
    [InlineData(120, 70, 30, "brown")]
    public void Of_AQuarterOfAColour_IsSaidAndATenthIsNot(byte red, byte green, byte blue, string word)
    {
        double shareNeeded = word == "brown" ? 0.45 : 0.25;

        Fact fact = Assert.Single(FactFinder.Of(Header(100, 100), Patch(shareNeeded)), f => f.Id == word);

        Assert.InRange(fact.Share!.Value, shareNeeded - 0.03, shareNeeded + 0.03);
        Assert.DoesNotContain(word, Of(Patch(0.1)));

        // The rest is a pale olive that has no name.
        Pixels Patch(double share)
        {
            var data = new byte[100 * 100 * 3];
            for (int i = 0; i < 100 * 100; i++)
                (data[3 * i], data[(3 * i) + 1], data[(3 * i) + 2]) = i < share * 100 * 100 ? (red, green, blue) : ((byte)168, (byte)165, (byte)140);
            return new Pixels(100, 100, 3, data);
        }
    }

    [Fact]
    public void Of_GreyPictures_AreBlackAndWhiteAndHaveNoColour()
    {
        Pixels grey = Noise(64, 48, channels: 1);
        string[] facts = Of(grey);
        byte[] data = [.. grey.Data.SelectMany(v => new[] { v, v, v })];

        Assert.Contains("black-and-white", facts);
        Assert.Contains("black-and-white", Of(new Pixels(64, 48, 3, data)));
        Assert.Empty(facts.Intersect(["white", "grey", "black"]));
        Assert.DoesNotContain("black-and-white", Of(Noise(64, 48)));
    }

    [Fact]
    public void Of_DarkAndBlurry_AreMeasured()
    {
        Pixels sharp = Noise(320, 240, channels: 1), small = Resizer.Resize(Noise(6, 5, channels: 1), 320, 240);
        Pixels dark = sharp with { Data = [.. sharp.Data.Select(v => (byte)(v / 5))] };

        Assert.Contains("dark", Of(dark));
        Assert.Contains("dark", Of(dark with { Data = [.. dark.Data.Select((v, i) => i % 10 == 0 ? (byte)250 : (byte)(v / 2))] })); // lamps at night
        Assert.DoesNotContain("dark", Of(dark with { Data = [.. dark.Data.Select((v, i) => i % 3 == 0 ? (byte)250 : v)] })); // something before a black wall
        Assert.Contains("blurry", Of(small));
        Assert.Empty(Of(sharp).Intersect(["dark", "blurry"]));
        Assert.DoesNotContain("blurry", Of(new Pixels(320, 240, 1, [.. Enumerable.Repeat((byte)90, 320 * 240)]))); // even, not out of focus
        Assert.DoesNotContain("blurry", Of(Resizer.Resize(small, 120, 90))); // decoded too small to tell
    }

    [Fact]
    public void Of_Screenshots_AreToldFromPhotographsOfTheSameSize()
    {
        Pixels window = Window(480, 270), photo = Noise(480, 270);
        var png = new PictureHeader(PictureFormat.Png, 1920, 1080, 1, false);

        Assert.Contains("screenshot", FactFinder.Of(png, window).Select(f => f.Id));
        Assert.Contains("screenshot", FactFinder.Of(png with { Width = 1080, Height = 1920 }, window).Select(f => f.Id));
        Assert.Contains("screenshot", FactFinder.Of(png with { Width = 1111, Height = 777 }, window).Select(f => f.Id));
        Assert.DoesNotContain("screenshot", FactFinder.Of(png with { Width = 500, Height = 400 }, window).Select(f => f.Id));
        Assert.DoesNotContain("screenshot", FactFinder.Of(png, photo).Select(f => f.Id));
        Assert.DoesNotContain("screenshot", FactFinder.Of(png with { Format = PictureFormat.Jpeg }, window).Select(f => f.Id));
        Assert.DoesNotContain("screenshot", FactFinder.Of(png with { Camera = "Canon" }, window).Select(f => f.Id));
    }

    private static string[] Of(Pixels pixels) => [.. FactFinder.Of(Header(pixels.Width, pixels.Height), pixels).Select(f => f.Id)];

    private static PictureHeader Header(int width, int height) => new(PictureFormat.Jpeg, width, height, 1, false);

    internal static Pixels Noise(int width, int height, int channels = 3)
    {
        var data = new byte[width * height * channels];
        new Random(3).NextBytes(data);
        return new Pixels(width, height, channels, data);
    }

    private static Pixels Window(int width, int height)
    {
        var data = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width, y = i / width;
            byte v = y < 20 ? (byte)60 : x < 80 ? (byte)225 : y % 40 < 6 && x % 5 < 2 ? (byte)20 : (byte)250;
            (data[3 * i], data[(3 * i) + 1], data[(3 * i) + 2]) = (v, v, (byte)Math.Min(255, v + (x < 80 ? 20 : 0)));
        }

        return new Pixels(width, height, 3, data);
    }
}
