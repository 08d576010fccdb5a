namespace Pictor.Training.Recipes;

/// <summary>What a network is trained with unless something else is said. The one place for such numbers.</summary>
public static class RecipeDefaults
{
    /// <summary>The network when none is named.</summary>
    public const string Network = "mnist-cnn";

    // A width (resnet9-32) does not change what suits a family. The learning rates are peaks of the one-cycle schedule.
    private static readonly Row[] Rows =
    [
        new("softmax", Epochs: 10, Batch: 128, new OptimizerSettings { Kind = "adam" }, LearningRate: 0.005),
        new("mnist-cnn", Epochs: 5, Batch: 64, new OptimizerSettings { Kind = "adam" }, LearningRate: 0.003),
        new("lstm-rows", Epochs: 8, Batch: 64, new OptimizerSettings { Kind = "adam" }, LearningRate: 0.003),
        new("resnet9", Epochs: 15, Batch: 128, new OptimizerSettings { Kind = "sgd", WeightDecay = 5e-4 }, LearningRate: 0.1),
    ];

    /// <summary>The recipe of a network, before anything else is said; the learning rate is still open, for it depends on the kind of optimizer (<see cref="Recipe.Resolve"/>).</summary>
    /// <param name="network">Null: <see cref="Network"/>. An unknown name gets general defaults; <see cref="Recipe.Resolve"/> tells.</param>
    public static Recipe For(string? network)
    {
        var recipe = new Recipe { Network = network ?? Network };
        return Find(recipe.Network) is { } row ? recipe with { Epochs = row.Epochs, Batch = row.Batch, Optimizer = row.Optimizer } : recipe;
    }

    /// <summary>Peak learning rate of a network under a kind of optimizer: its own, else 0.001 for adam and 0.05 for sgd.</summary>
    public static double LearningRate(string network, string kind) =>
        Find(network) is { } row && row.Optimizer.Kind == kind ? row.LearningRate : kind == "sgd" ? 0.05 : 0.001;

    private static Row? Find(string network) =>
        Array.Find(Rows, row => network == row.Network || network.StartsWith(row.Network + "-", StringComparison.Ordinal));

    private sealed record Row(string Network, int Epochs, int Batch, OptimizerSettings Optimizer, double LearningRate);
}
