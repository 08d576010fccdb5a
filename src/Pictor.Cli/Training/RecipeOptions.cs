using System.CommandLine;
using Pictor.Cli.Datasets;
using Pictor.Training.Recipes;

namespace Pictor.Cli.Training;

/// <summary>A recipe from a file, changed by flags.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string> _recipe = new("--recipe") { Description = "Start from a recipe file (JSON).", HelpName = "FILE" };
    private readonly Option<string> _network = new("--network") { Description = "The network; 'pictor networks' lists them." };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Passes over the training pictures (5)." };
    private readonly Option<int?> _batch = new("--batch") { Description = "Pictures in a batch (64)." };
    private readonly Option<int?> _size = new("--size") { Description = "Input side in pixels; else chosen from the pictures." };
    private readonly Option<int?> _channels = new("--channels") { Description = "1 (grey) or 3 (colour); else chosen from the pictures." };
    private readonly Option<string> _optimizer = new("--optimizer") { Description = "adam or sgd." };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "Peak learning rate; else the network's default." };
    private readonly Option<double?> _weightDecay = new("--weight-decay") { Description = "Decay of weights, not of biases and norms (0)." };
    private readonly Option<string> _schedule = new("--schedule") { Description = "one-cycle or constant." };
    private readonly Option<float?> _dropout = new("--dropout") { Description = "Dropout before the last layer, 0..1." };
    private readonly Option<int?> _patience = new("--patience") { Description = "Stop after so many epochs without a better validation loss (0: never)." };
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of split, weights, order and augmentation (1)." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that compute (0: one per core)." };
    private readonly AugmentationOptions _augmentation = new();

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
                 {
                     _network, _epochs, _recipe, _batch, _size, _channels, _optimizer, _learningRate, _weightDecay, _schedule, _dropout, _patience, _seed, _threads,
                 })
        {
            command.Add(option);
        }

        _augmentation.AddTo(command);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="interrupted">The recipe of the run that is resumed; flags change it only where they are said.</param>
    public Recipe Read(ParseResult parsed, Recipe? interrupted)
    {
        string? network = parsed.GetValue(_network);
        Recipe recipe = parsed.GetValue(_recipe) is { } file ? RecipeFile.Load(file, network)
            : interrupted is not null ? interrupted with { Network = network ?? interrupted.Network }
            : RecipeDefaults.For(network);
        return (recipe with
        {
            Epochs = parsed.GetValue(_epochs) ?? recipe.Epochs,
            Batch = parsed.GetValue(_batch) ?? recipe.Batch,
            Size = parsed.GetValue(_size) ?? recipe.Size,
            Channels = parsed.GetValue(_channels) ?? recipe.Channels,
            Optimizer = recipe.Optimizer with
            {
                Kind = parsed.GetValue(_optimizer) ?? recipe.Optimizer.Kind,
                LearningRate = parsed.GetValue(_learningRate) ?? recipe.Optimizer.LearningRate,
                WeightDecay = parsed.GetValue(_weightDecay) ?? recipe.Optimizer.WeightDecay,
            },
            Schedule = recipe.Schedule with { Kind = parsed.GetValue(_schedule) ?? recipe.Schedule.Kind },
            Augment = _augmentation.Read(parsed, recipe.Augment),
            Dropout = parsed.GetValue(_dropout) ?? recipe.Dropout,
            Patience = parsed.GetValue(_patience) ?? recipe.Patience,
            Seed = parsed.GetValue(_seed) ?? recipe.Seed,
            Threads = parsed.GetValue(_threads) ?? recipe.Threads,
        }).Resolve();
    }
}
