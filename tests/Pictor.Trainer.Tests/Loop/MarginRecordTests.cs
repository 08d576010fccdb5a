using System.Globalization;
using Pictor.Trainer.Loop;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Tests.Loop;

public sealed class MarginRecordTests
{
    [Fact]
    public void Add_OverEpochs_AveragesLabelMinusTheBestOther()
    {
        var record = new MarginRecord(3);
        record.Add([1, 4, 2, 0, 0, 5], [1, 0], [2, 0]);
        record.Add([3, 1, 0], [1], [2]);
        // Position 2: 4 - 2, then 1 - 3; position 0: 0 - 5.
        Assert.Equal([-5, 0, 0], record.Sums);
        Assert.Equal([1, 0, 2], record.Counts);
        Assert.Equal([2, 0, 0], record.Predicted);
    }

    [Fact]
    public void Add_LearnedByHeartInTheEnd_KeepsWhatWasKnownBefore()
    {
        var record = new MarginRecord(2);
        // Picture 0 is labelled 1 and looks like 2, until it is known by heart; picture 1 is seen for the first time after that.
        foreach (float[] logits in new float[][] { [0, 1, 3], [0, 2, 5], [4, 0, 1] })
            record.Add(logits, [1], [0]);
        Assert.Equal(2, record.Predicted[0]);
        record.Keep(0.7);
        for (int epoch = 0; epoch < 9; epoch++)
        {
            record.Add([0, 9, 1, 5, 1, 1], [1, 0], [0, 1]);
            record.Keep(0.8);
        }

        Assert.Equal(1, record.Predicted[0]);
        Assert.Equal((-3.0, 2), record.Of(0));
        Assert.Equal((4.0, 0), record.Of(1));
        Assert.Null(new MarginRecord(1).Of(0));
    }

    [Fact]
    public void AddHeldOut_CountsOnlyWholeValidations()
    {
        var record = new MarginRecord(1, 2);
        record.AddHeldOut([1, 4], [1], [1]);
        record.AddHeldOut([1, 4, 0, 5], [1, 0], [1, 0]);
        Assert.Equal([0, 0, 0], record.Counts);
        record.EndValidation();
        record.AddHeldOut([9, 0], [1], [1]);
        Assert.Equal([0, -5, 3], record.Sums);
        Assert.Equal([0, 1, 1], record.Counts);
        Assert.Equal([0, 1, 1], record.Predicted);
    }

    [Fact]
    public async Task Run_SomeWrongLabels_GivesThemTheSmallestMargins()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 400);
        string labels = Path.Combine(data.Path, "train-labels-idx1-ubyte");
        byte[] bytes = File.ReadAllBytes(labels);
        int[] wrong = [3, 50, 77, 120, 200, 255, 300, 399];
        foreach (int i in wrong)
            bytes[8 + i] = (byte)((bytes[8 + i] + 1) % 4);
        File.WriteAllBytes(labels, bytes);
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, new Recipe { Network = "mnist-cnn", Epochs = 6, Batch = 32, Optimizer = new() { LearningRate = 0.003 } });

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(bench.Out, "margins.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("file,label,margin,predicted", lines[0]);
        Assert.Equal(1 + 400, lines.Length);
        var rows = lines.Skip(1).Select(line => line.Split(',')).Select(f => (Record: int.Parse(f[0].Split('#')[1], CultureInfo.InvariantCulture), Margin: double.Parse(f[2], CultureInfo.InvariantCulture))).OrderBy(r => r.Margin).ToList();
        Assert.Equal(wrong, rows.Take(wrong.Length).Select(r => r.Record).Order());
    }
}
