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

    /// <summary>Smaller sizes to begin with, each for some of the epochs; the rest is at full size. Only for networks that end in a mean over all positions. <value>null: full size throughout.</value></summary>
    public IReadOnlyList<ResizeStage>? Progressive { get; init; }

    /// <summary>Passes over the training part, those at smaller sizes included. <value>5.</value></summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Pictures that are computed at once. <value>64.</value></summary>
    public int Batch { get; init; } = 64;

    /// <summary>Batches whose gradients are added up before the weights move: an effective batch of so many times <see cref="Batch"/>. <value>1.</value></summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>How weights move.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How the learning rate moves.</summary>
    public ScheduleSettings Schedule { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossSettings Loss { get; init; } = new();

    /// <summary>Which pictures make an epoch: <c>uniform</c> (each once) or <c>balanced</c> (classes equally often, drawn with replacement). <value>uniform.</value></summary>
    public string Sampling { get; init; } = "uniform";

    /// <summary>What happens to pictures on the way. <value>Nothing.</value></summary>
    public Augmentation Augment { get; init; } = Augmentation.None;

    /// <summary>Decay per step of a moving average of the weights, which is what is validated and packaged; 0: none. <value>0; 0..1, 1 excluded.</value></summary>
    public double Ema { get; init; }

    /// <summary><c>float32</c>, <c>bfloat16</c> (activations and convolutions; weights, norms, last layer and loss stay float32) or <c>auto</c>: what a short
    /// measurement finds faster. <value>auto.</value></summary>
    public string Precision { get; init; } = Precisions.Auto;

    /// <summary>Stop after so many epochs without a better validation loss; 0: never. <value>0.</value></summary>
    public int Patience { get; init; }

    /// <summary>Dropout before the last linear layer, for networks that have one; null: the network's own.</summary>
    public float? Dropout { get; init; }

    /// <summary>Train on at most so many pictures of each class (a smaller number takes a part of what a larger one takes); null: all.</summary>
    public int? SamplesPerClass { get; init; }

    /// <summary>A package whose weights are the start.</summary>
    public TransferSettings Transfer { get; init; } = new();

    /// <summary>A package that teaches.</summary>
    public DistillSettings Distill { get; init; } = new();

    /// <summary>Seconds within which the run is to end, its learning rate at zero: the number of epochs follows the speed. <value>null: epochs as given.</value></summary>
    public double? Budget { get; init; }

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

/// <summary>Some epochs at a smaller size (progressive resizing, Howard 2018; Tan and Le 2021).</summary>
/// <param name="Size">Input side in pixels.</param>
/// <param name="Epochs">Passes at this size.</param>
public sealed record ResizeStage(int Size, int Epochs);
