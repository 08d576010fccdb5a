using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Heads;
using Pictor.Training.Projecting;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Projecting;

/// <summary>Pictures whose class stands in eight faint pixels beside eight loud ones that mean nothing: the pixels as an embedding find little, a fitted map finds all.</summary>
public sealed class PackageProjectionTests : IDisposable
{
    private const int Classes = 8, PerClass = 24, Pixels = 16;
    private readonly TempFolder _temp = new();

    public PackageProjectionTests()
    {
        var random = new Random(4);
        for (int c = 0; c < Classes; c++)
        {
            for (int i = 0; i < PerClass; i++)
            {
                string folder = _temp["data", i < PerClass / 2 ? "train" : "val", $"class{c}"];
                Directory.CreateDirectory(folder);
                byte[] data = [.. Enumerable.Range(0, Pixels).Select(p => (byte)(p < Pixels / 2 ? random.Next(256) : 120 + (p - (Pixels / 2) == c ? 40 : 0) + random.Next(-4, 5)))];
                File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), PictureWriter.Png(new Pixels(4, 4, 1, data)));
            }
        }

        ToyPackage.Write(_temp["old.pictor"], [.. Enumerable.Range(0, Classes).Select(c => new Label($"class{c}", $"class {c}"))], ToyData.Shape, [.. Enumerable.Range(0, Classes).Select(c => ToyData.Mean(c % 4))]);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task RunAsync_ClassInFaintPixels_FindsThemAlsoAmongClassesItDidNotSee()
    {
        ProjectionOutcome outcome = await PackageProjection.RunAsync(_temp["old.pictor"], _temp["data"], _temp["new.pictor"], length: 8);

        Assert.InRange(outcome.Before!.Value, 0, 0.6);
        Assert.InRange(outcome.After!.Value, 0.95, 1);
        Assert.True(outcome.Unseen > outcome.UnseenBefore, $"{outcome.Unseen} against {outcome.UnseenBefore}");
        Assert.Equal((Classes * PerClass / 2, Classes * PerClass / 2, 16, 8), (outcome.Pictures, outcome.Judged, outcome.LengthBefore, outcome.Length));
    }

    [Fact]
    public async Task RunAsync_NewPackage_GivesTheEmbeddingThatWasJudgedAndTheOldProbabilities()
    {
        ProjectionOutcome outcome = await PackageProjection.RunAsync(_temp["old.pictor"], _temp["data"], _temp["new.pictor"], length: 5);

        using Dataset data = await Dataset.OpenAsync(_temp["data", "val"], cancellationToken: TestContext.Current.CancellationToken);
        using var made = Annotator.Load(_temp["new.pictor"]);
        EmbeddingSet set = await EmbeddingSet.OfAsync(made, data, [.. data.Samples.Select(s => s.Index)], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(5, set.Length);
        Assert.Equal(outcome.After!.Value, RetrievalFigures.Of(set.Values, 5, [.. set.Samples.Select(i => data.Samples[i].Class)]).MeanAveragePrecision, 1e-3);
        Assert.All(Enumerable.Range(0, set.Samples.Count), i => Assert.Equal(1, set.Values.AsSpan(i * 5, 5).ToArray().Sum(v => v * v), 1e-4));

        using var old = Annotator.Load(_temp["old.pictor"]);
        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(_temp["data", "val", "class3"])[0]);
        Assert.Equal(old.Read(bytes, "a").Probabilities, made.Read(bytes, "a").Probabilities);
        Assert.Contains("## Embedding", ModelPackage.Open(_temp["new.pictor"]).Card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public async Task RunAsync_LengthOutOfRange_IsRefused(int length)
    {
        InputException fault = await Assert.ThrowsAsync<InputException>(() => PackageProjection.RunAsync(_temp["old.pictor"], _temp["data"], _temp["new.pictor"], length));
        Assert.Contains("2 to 16", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_temp["new.pictor"]));
    }
}
