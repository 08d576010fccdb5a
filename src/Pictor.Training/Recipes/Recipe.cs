using Pictor.Datasets;

namespace Pictor.Training.Recipes;

/// <summary>Everything that decides the outcome of a training run, as one block that a person can read aloud. Serialised in camelCase as <c>config.json</c>.</summary>
public sealed record Recipe
{
    /// <summary>A name that <c>pictor networks</c> lists. <value>mnist-cnn.</value></summary>
    public string Network { get; init; } = RecipeDefaults.Network;

    /// <summary>Input side in pixels; null: the data's own size when all pictures share one of at most 256 px, else 64.</summary>
    public int? Size { get; init; }

    /// <summary>1 (grey) or 3 (colour); null: grey when all pictures are grey.</summary>
    public int? Channels { get; init; }

    /// <summary>Passes over the training part. <value>5.</value></summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Pictures in a batch. <value>64.</value></summary>
    public int Batch { get; init; } = 64;

    /// <summary>How weights move.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How the learning rate moves.</summary>
    public ScheduleSettings Schedule { get; init; } = new();

    /// <summary>What happens to pictures on the way. <value>Nothing.</value></summary>
    public Augmentation Augment { get; init; } = Augmentation.None;

    /// <summary>Stop after so many epochs without a better validation loss; 0: never. <value>0.</value></summary>
    public int Patience { get; init; }

    /// <summary>Dropout before the last linear layer, for networks that have one; null: the network's own.</summary>
    public float? Dropout { get; init; }

    /// <summary>Seed of split, weights, order and augmentation. <value>1.</value></summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that compute; 0: as many as there are cores, at most 8. The result is equal bit for bit for an equal number. <value>0.</value></summary>
    public int Threads { get; init; }

    /// <summary>The recipe with every number checked and the learning rate decided: what a run records and the trainer gets.</summary>
    /// <param name="subject">Where the recipe came from, for errors.</param>
    /// <exception cref="InputException">Values out of range, unknown words: all of them at once.</exception>
    public Recipe Resolve(string subject = "recipe")
    {
        RecipeCheck.Check(this, subject);
        return this with { Optimizer = Optimizer with { LearningRate = Optimizer.LearningRate ?? RecipeDefaults.LearningRate(Network, Optimizer.Kind) } };
    }
}
