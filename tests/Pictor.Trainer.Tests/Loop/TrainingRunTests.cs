using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;
using TorchSharp;

namespace Pictor.Trainer.Tests.Loop;

public sealed class TrainingRunTests
{
    private static readonly Recipe s_small = new() { Network = "mnist-cnn", Epochs = 3, Batch = 32, Threads = 2, Optimizer = new() { LearningRate = 0.01 } };

    [Fact]
    public async Task Run_LearnableData_LearnsAndWritesAPackage()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx();
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data.Path, s_small);

        Assert.Equal(0, exitCode);
        IReadOnlyList<EpochMetrics> metrics = bench.Folder.Metrics;
        Assert.Equal([1, 2, 3], metrics.Select(m => m.Epoch));
        Assert.True(metrics[2].TrainLoss < metrics[0].TrainLoss / 2, $"loss {metrics[0].TrainLoss} to {metrics[2].TrainLoss}");
        Assert.True(metrics[2].ValAccuracy > 0.9, $"accuracy {metrics[2].ValAccuracy}");
        TrainerMessage.Finished finished = Assert.Single(messages.OfType<TrainerMessage.Finished>());
        ModelPackage package = ModelPackage.Open(finished.Model);
        Assert.Equal("mnist-cnn", package.Manifest.Provenance!.Network);
        Assert.Equal(metrics[2].ValAccuracy, package.Manifest.Provenance.Metrics["valAccuracy"]);
        Assert.Equal(3, messages.OfType<TrainerMessage.EpochEnded>().Count());
        Assert.Contains(messages, m => m is TrainerMessage.Advanced { Stage: "Training", Done: 288 * 3, Total: 288 * 3 });
    }

    [Theory]
    [InlineData("mnist-cnn", false)]
    [InlineData("mnist-cnn", true)]
    [InlineData("resnet9-8", true)]
    public async Task Run_Package_JudgesAsValidationDid(string network, bool colour)
    {
        using SelfMadeDigits data = colour ? SelfMadeDigits.Folders(60, 3, _ => (20, 16)) : SelfMadeDigits.Idx();
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, s_small with { Network = network, Epochs = 2, Optimizer = new() { LearningRate = 0.001 } });

        using Dataset dataset = await Dataset.OpenAsync(data.Path);
        SplitPlan plan = SplitPlan.For(dataset, seed: 1);
        using Annotator annotator = Annotator.Load(bench.Folder.ModelPath);
        int right = 0;
        double loss = 0;
        foreach (int index in plan.Val)
        {
            float[] p = annotator.Read(dataset.Read(dataset.Samples[index])).Probabilities;
            right += p.IndexOf(p.Max()) == dataset.Samples[index].Class ? 1 : 0;
            loss -= Math.Log(p[dataset.Samples[index].Class]);
        }

        Assert.Equal(bench.Folder.Metrics[1].ValAccuracy!.Value, (double)right / plan.Val.Count, 12);
        Assert.Equal(bench.Folder.Metrics[1].ValLoss!.Value, loss / plan.Val.Count, 4);
        Assert.True(!colour || bench.Folder.Metrics[1].TrainLoss < bench.Folder.Metrics[0].TrainLoss);
    }

    [Theory]
    [InlineData("mnist-cnn", 1)]
    [InlineData("mnist-cnn", 2)]
    [InlineData("resnet9-8", 3)]
    [InlineData("lstm-rows", 2)]
    public async Task Run_EqualSeedAndThreads_IsEqualBitForBit(string network, int threads)
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 160, side: 16);
        using var bench = new Bench();
        Recipe recipe = s_small with { Network = network, Threads = threads, Epochs = 2, Dropout = 0.3f, Augment = new Augmentation { Crop = 1, Brightness = 0.2 } };
        await bench.TrainAsync(data.Path, recipe);
        Dictionary<string, float[]> first = bench.Arrays();
        await bench.TrainAsync(data.Path, recipe);
        AssertEqual(first, bench.Arrays());
        await bench.TrainAsync(data.Path, recipe with { Seed = 2 });
        Assert.NotEqual(first["weights"], bench.Arrays()["weights"]);
    }

    [Fact]
    public async Task Run_OtherThreadCount_DiffersOnlyByRounding()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 160);
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, s_small with { Threads = 1, Epochs = 1, Dropout = 0.3f, Optimizer = new() { Kind = "sgd", LearningRate = 0.01 } });
        float[] one = bench.Arrays()["weights"];
        await bench.TrainAsync(data.Path, s_small with { Threads = 3, Epochs = 1, Dropout = 0.3f, Optimizer = new() { Kind = "sgd", LearningRate = 0.01 } });
        float[] three = bench.Arrays()["weights"];
        Assert.True(one.Zip(three, (a, b) => Math.Abs(a - b)).Max() < 1e-5);
    }

    [Theory]
    [InlineData("mnist-cnn", 1)]
    [InlineData("mnist-cnn", 6)]
    [InlineData("mnist-cnn", 9)]
    [InlineData("mnist-cnn", 13)]
    [InlineData("resnet9-8", 7)]
    public async Task Resume_StoppedAfterAnyStep_EndsEqualBitForBit(string network, int steps)
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 320, side: 16);
        Recipe recipe = s_small with { Network = network, Epochs = 2, Dropout = 0.25f, Augment = new Augmentation { Rotation = 10, Contrast = 0.2 } };
        using var whole = new Bench();
        await whole.TrainAsync(data.Path, recipe);

        using var parts = new Bench();
        int seen = 0;
        (int exitCode, _) = await parts.TrainAsync(data.Path, recipe, onMessage: (message, stop) =>
        {
            if (message is TrainerMessage.Advanced { Stage: "Training" } && ++seen == steps)
                stop.Set();
        });
        Assert.Equal(130, exitCode);
        Assert.False(File.Exists(parts.Folder.ModelPath));
        (exitCode, _) = await parts.TrainAsync(data.Path, recipe, resume: true);

        Assert.Equal(0, exitCode);
        AssertEqual(whole.Arrays(), parts.Arrays());
        Assert.Equal(whole.Folder.Metrics.Select(m => m with { Seconds = 0 }), parts.Folder.Metrics.Select(m => m with { Seconds = 0 }));
        Assert.True(ModelPackage.Open(whole.Folder.ModelPath).Onnx.Span.SequenceEqual(ModelPackage.Open(parts.Folder.ModelPath).Onnx.Span));
    }

    [Fact]
    public async Task Resume_FinishedRunWithMoreEpochs_GoesOn()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 100);
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, s_small with { Epochs = 1 });
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data.Path, s_small with { Epochs = 2 }, resume: true);
        Assert.Equal(0, exitCode);
        Assert.Equal([2], messages.OfType<TrainerMessage.EpochEnded>().Select(m => m.Metrics.Epoch));
        Assert.Equal([1, 2], bench.Folder.Metrics.Select(m => m.Epoch));
    }

    [Fact]
    public async Task Resume_DataHasChanged_IsRefused()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 100);
        using SelfMadeDigits other = SelfMadeDigits.Idx(train: 100, seed: 2);
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, s_small with { Epochs = 1 });
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(other.Path, s_small with { Epochs = 2 }, resume: true);
        Assert.Equal(1, exitCode);
        Assert.Equal("run.other-data", Assert.Single(messages.OfType<TrainerMessage.Failed>()).Code);
    }

    [Theory]
    [InlineData("mnist-cnn")]
    [InlineData("resnet9-8")]
    [InlineData("lstm-rows")]
    public async Task Run_ManyEpochs_LeavesNoTensorsBehind(string network)
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 60, side: 16);
        using var bench = new Bench();
        long before = torch.Tensor.TotalCount;
        var counts = new List<long>();
        await bench.TrainAsync(data.Path, s_small with { Network = network, Epochs = 6, Dropout = 0.2f }, onMessage: (message, _) =>
        {
            if (message is TrainerMessage.EpochEnded)
                counts.Add(torch.Tensor.TotalCount);
        });
        Assert.Equal(6, counts.Count);
        Assert.All(counts, count => Assert.Equal(counts[0], count));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public async Task Run_NothingToLearn_StopsEarlyWithTheBestWeights()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 200, randomLabels: true);
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data.Path, s_small with { Epochs = 60, Patience = 3 });
        Assert.Equal(0, exitCode);
        TrainerMessage.Finished finished = Assert.Single(messages.OfType<TrainerMessage.Finished>());
        Assert.True(finished.Stopped);
        EpochMetrics best = bench.Folder.Metrics.MinBy(m => m.ValLoss)!;
        Assert.Equal(best.Epoch + 3, finished.Epochs);
        Assert.Equal(best.Epoch, ModelPackage.Open(finished.Model).Manifest.Provenance!.Metrics["epoch"]);
        Assert.Equal(best.ValAccuracy, finished.ValAccuracy);
    }

    private static void AssertEqual(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(actual[pair.Key]), pair.Key));
    }
}
