using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Training.Choosing;

namespace Pictor.Training.Tests.Choosing;

public sealed class MirrorTestTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task MayMirror_LeftAgainstRightOrTopAgainstBottom_TellsWhichMatters(bool sides, bool expected)
    {
        string data = Written(sides);
        using Dataset dataset = await Dataset.OpenAsync(data, cancellationToken: TestContext.Current.CancellationToken);
        var plain = new Preprocessing(new PictureShape(1, 20, 20), ResizePolicy.Stretch, [0], [1]);
        using PackedStore store = await PackedStore.BuildAsync(dataset, [.. dataset.Samples.Select(s => s.Index)], plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, MirrorTest.MayMirror(store));
    }

    // The bright half of a picture is its class.
    private string Written(bool sides)
    {
        var random = new Random(1);
        for (int i = 0; i < 120; i++)
        {
            int c = i % 2;
            string folder = Directory.CreateDirectory(Path.Combine(_temp["data"], $"class{c}")).FullName;
            var pixels = new byte[400];
            for (int p = 0; p < pixels.Length; p++)
                pixels[p] = (byte)(random.Next(100) + (((sides ? p % 20 : p / 20) < 10) == (c == 0) ? 120 : 0));
            File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), PictureWriter.Png(new Pixels(20, 20, 1, pixels)));
        }

        return _temp["data"];
    }
}
