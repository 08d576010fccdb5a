using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Tests.Loop;

public sealed class BadInputTests
{
    private static readonly Recipe s_small = new() { Network = "softmax", Epochs = 1, Batch = 16, Threads = 2 };

    [Fact]
    public async Task Run_NoData_FailsByName()
    {
        TrainerMessage.Failed failed = await FailAsync("/nowhere/at-all", s_small);
        Assert.Contains("/nowhere/at-all", failed.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OneClass_Fails()
    {
        using SelfMadeDigits data = SelfMadeDigits.Folders(perClass: 10, classes: 1, _ => (16, 16));
        Assert.Contains("class", (await FailAsync(data.Path, s_small)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LossExplodes_FailsWithTheWayOut()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 200);
        Recipe recipe = s_small with { Network = "mnist-cnn", Epochs = 20, Optimizer = new() { Kind = "sgd", LearningRate = 100 }, Schedule = new() { Kind = "constant" } };
        TrainerMessage.Failed failed = await FailAsync(data.Path, recipe);
        Assert.Equal("training.diverged", failed.Code);
        Assert.Contains("learning rate", failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InputTooSmallForTheNetwork_FailsWithTheLeastSize()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 60, side: 6);
        Assert.Contains("8 pixels", (await FailAsync(data.Path, s_small with { Network = "resnet9" })).Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 61)]
    [InlineData(2, 61)]
    [InlineData(3, 60)]
    [InlineData(4, 65)]
    [InlineData(16, 51)]
    public async Task Run_NormsOverASinglePosition_EitherTrainsOrSaysWhyNot(int batch, int pictures)
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: pictures, side: 8);
        Recipe recipe = s_small with { Network = "resnet9-8", Batch = batch, Threads = 3 };
        if (batch == 1)
        {
            Assert.Equal("batch", (await FailAsync(data.Path, recipe)).Subject);
            return;
        }

        using var bench = new Bench();
        Assert.Equal(0, (await bench.TrainAsync(data.Path, recipe)).ExitCode);
    }

    [Fact]
    public async Task Run_BrokenPictures_AreSkippedAndNamed()
    {
        using SelfMadeDigits data = SelfMadeDigits.Folders(perClass: 20, classes: 2, _ => (16, 16));
        // The first bytes are right, the rest is not.
        string broken = Path.Combine(data.Path, "class1", "zzz.png");
        File.WriteAllBytes(broken, File.ReadAllBytes(Path.Combine(data.Path, "class1", "000.png"))[..200]);
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data.Path, s_small with { Seed = 3 });
        Assert.Equal(0, exitCode);
        // The test part is not opened, so the broken one is only found when it fell to training or validation.
        Assert.All(messages.OfType<TrainerMessage.SkippedInput>(), m => Assert.EndsWith("zzz.png", m.File, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_FewerPicturesThanABatch_TrainsAndSaysSo()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 30);
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data.Path, s_small with { Batch = 500, Threads = 8 });
        Assert.Equal(0, exitCode);
        Assert.Contains(messages, m => m is TrainerMessage.Said { Text: var text } && text.Contains("fewer pictures than a batch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, "3x20x24")]
    [InlineData(true, false, "1x20x24")]
    [InlineData(false, true, "3x64x64")]
    public async Task Run_InputLeftOpen_IsTheDatasOwn(bool uniform, bool colour, string expected)
    {
        using SelfMadeDigits data = SelfMadeDigits.Folders(10, 2, i => (24, uniform ? 20 : 20 + i), colour);
        using var bench = new Bench();
        (int exitCode, _) = await bench.TrainAsync(data.Path, s_small);
        Assert.Equal(0, exitCode);
        Assert.Equal(expected, Models.Packages.ModelPackage.Open(bench.Folder.ModelPath).Manifest.Input.Shape.ToString());
    }

    private static async Task<TrainerMessage.Failed> FailAsync(string data, Recipe recipe)
    {
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(data, recipe);
        Assert.Equal(1, exitCode);
        TrainerMessage.Failed failed = Assert.Single(messages.OfType<TrainerMessage.Failed>());
        Assert.NotNull(failed.Problem);
        return failed;
    }
}
