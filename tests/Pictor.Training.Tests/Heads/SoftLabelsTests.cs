using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Training.Heads;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Heads;

/// <summary>A teacher's probabilities in the classes of the pupil's data.</summary>
public sealed class SoftLabelsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teacher_WithMoreClassesInAnotherOrder_IsMatchedAndSharedOut()
    {
        using var folder = new TempFolder();
        Label[] classes = [new("q3", "d"), new("q2", "bottom"), new("left", "left"), new("x", "x") { Synonyms = ["right"] }];
        ToyPackage.Write(folder["teacher.pictor"], classes, ToyData.Shape, [ToyData.Mean(3), ToyData.Mean(2), ToyData.Mean(0), ToyData.Mean(1)], sharpness: 1);
        foreach ((string name, int quarter) in new[] { ("left", 0), ("right", 1), ("bottom", 2) })
            ToyData.Write(folder["data", name], quarter, 3);
        await File.WriteAllBytesAsync(folder["data", "left", "0-broken.png"], (await File.ReadAllBytesAsync(folder["data", "left", "1-0.png"], Stop))[..50], Stop);
        using var teacher = Annotator.Load(folder["teacher.pictor"]);
        using Dataset data = await Dataset.OpenAsync(folder["data"], null, Stop);
        int[] samples = [.. Enumerable.Range(0, data.Samples.Count).Reverse()];
        float[] soft = await SoftLabels.OfAsync(teacher, data, samples, null, Stop);

        Assert.Equal(samples.Length * 3, soft.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            float[] row = soft[(i * 3)..((i * 3) + 3)];
            Sample sample = data.Samples[samples[i]];
            if (sample.File.Contains("broken", StringComparison.Ordinal))
            {
                Assert.All(row, v => Assert.Equal(0, v));
                continue;
            }

            // bottom, left, right are positions 1, 2, 3 of the teacher.
            float[] all = teacher.Read(data.Read(sample)).Probabilities;
            float sum = all[1] + all[2] + all[3];
            Assert.Equal(1, row.Sum(), 1e-5f);
            Assert.Equal(sample.Class, Array.IndexOf(row, row.Max()));
            Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(all[c + 1] / sum, row[c], 1e-4f));
        }
    }

    [Fact]
    public async Task Teacher_ThatLacksClasses_NamesThem()
    {
        using var folder = new TempFolder();
        ToyPackage.Write(folder["teacher.pictor"], [new("left", "left"), new("b", "b")], ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)]);
        ToyData.Write(folder["data", "left"], 0, 2);
        ToyData.Write(folder["data", "up"], 1, 2);
        using var teacher = Annotator.Load(folder["teacher.pictor"]);
        using Dataset data = await Dataset.OpenAsync(folder["data"], null, Stop);
        InputException refused = await Assert.ThrowsAsync<InputException>(() => SoftLabels.OfAsync(teacher, data, [0, 1], null, Stop));
        Assert.Equal("labels.no-match", refused.Code);
        Assert.Contains("lacks 1 of the 2 classes", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("'up'", refused.Problem, StringComparison.Ordinal);
    }
}
