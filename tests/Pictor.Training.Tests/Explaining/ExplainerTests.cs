using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Training.Explaining;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Explaining;

public sealed class ExplainerTests : IDisposable
{
    private static readonly string[] s_names = ["north-west", "north-east", "south-west", "south-east"];
    private readonly TempFolder _temp = new();

    public ExplainerTests() =>
        ToyPackage.Write(_temp["toy.pictor"], [.. s_names.Select(n => new Label(n, $"the {n}"))], ToyData.Shape, [.. Enumerable.Range(0, 4).Select(ToyData.Mean)], sharpness: 2);

    public void Dispose() => _temp.Dispose();

    private string Picture(int quarter, int scale = 8)
    {
        float[] mean = ToyData.Mean(quarter);
        byte[] data = [.. Enumerable.Range(0, 16 * scale * scale).Select(i => (byte)(mean[(i / (4 * scale) / scale * 4) + (i % (4 * scale) / scale)] * 255))];
        string file = _temp[$"{quarter}.png"];
        File.WriteAllBytes(file, PictureWriter.Png(new Pixels(4 * scale, 4 * scale, 1, data)));
        return file;
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(3, 1, 1)]
    public async Task ExplainAsync_BrightQuarter_IsWhatTheAnswerRestsOn(int quarter, int down, int across)
    {
        using var annotator = Annotator.Load(_temp["toy.pictor"]);
        PictureExplanation found = await Explainer.ExplainAsync(annotator, Picture(quarter), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((s_names[quarter], 4), (found.LabelId, found.Grid));
        (int row, int column) = (from r in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) orderby found.Drops[r][c] descending select (r, c)).First();
        Assert.Equal((down, across), (row / 2, column / 2));
        Assert.True(found.Drops[row][column] > 0.1);
        Pixels overlay = PictureReader.Decode(found.Overlay, "map");
        Assert.Equal((512, 512, 3), (overlay.Width, overlay.Height, overlay.Channels));
    }

    [Fact]
    public async Task ExplainAsync_OtherClass_ComesByIdOrName()
    {
        using var annotator = Annotator.Load(_temp["toy.pictor"]);
        PictureExplanation found = await Explainer.ExplainAsync(annotator, Picture(0), "THE south-west", 2, TestContext.Current.CancellationToken);
        Assert.Equal(("south-west", 2, 2), (found.LabelId, found.Grid, found.Drops[0].Count));

        // The bright corner speaks against it.
        Assert.True(found.Drops.Min(row => row.Min()) < 0);
        var unknown = await Assert.ThrowsAsync<InputException>(() => Explainer.ExplainAsync(annotator, Picture(0), "the south-wets"));
        Assert.Contains("Did you mean 'the south-west'?", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => Explainer.ExplainAsync(annotator, Picture(0), grid: 0));
        Assert.Contains("no such file", (await Assert.ThrowsAsync<InputException>(() => Explainer.ExplainAsync(annotator, _temp["none.png"]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<InputException>(() => Explainer.ExplainAsync(annotator, _temp["toy.pictor"]));
    }

    [Theory]
    [InlineData(ResizePolicy.Stretch, 0, 0, 1, 1)]
    [InlineData(ResizePolicy.CentreCrop, 0.25, 0, 0.5, 1)]
    [InlineData(ResizePolicy.Letterbox, 0, 0, 1, 2)]
    public void SeenRegion_WidePicture_IsWhatTheInputShows(ResizePolicy policy, double x, double y, double width, double height) =>
        Assert.Equal(new SeenRegion(x, y, width, height), SeenRegion.Of(200, 100, new Preprocessing(new PictureShape(3, 32, 32), policy, [0, 0, 0], [1, 1, 1])));
}
