using Pictor.Training.Evaluation;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Tests.Loop;

/// <summary>What each network's own recipe reaches on MNIST's test part.</summary>
public sealed class MnistAccuracyTests
{
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("softmax", null, 0.92)]
    [InlineData("lstm-rows", null, 0.98)]
    [InlineData("mnist-cnn", 5, 0.99)]
    [InlineData("mnist-cnn", 3, 0.985)]
    public async Task Run_DefaultRecipe_ReachesTheTarget(string network, int? epochs, double target)
    {
        string mnist = Path.Combine(DataFolder(), "mnist");
        Assert.SkipUnless(Directory.Exists(mnist), $"MNIST is not at {mnist}; set PICTOR_DATA to the folder that holds mnist/.");
        Recipe recipe = RecipeDefaults.For(network);
        using var bench = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(mnist, recipe with { Epochs = epochs ?? recipe.Epochs });
        Assert.Equal(0, exitCode);

        EvaluationOutcome outcome = await Evaluator.RunAsync(new EvaluationOptions { Model = bench.Folder.ModelPath, Data = mnist, Split = "test" }, cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{network}: {outcome.Accuracy:P2} on {outcome.Samples} test pictures");
        Assert.Equal(10_000, outcome.Samples);
        Assert.True(outcome.Accuracy >= target, $"{outcome.Accuracy:P2} of the test part, {target:P1} wanted");
    }

    private static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("PICTOR_DATA") is { Length: > 0 } named)
            return named;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pictor.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "/", "shared", "data");
    }
}
