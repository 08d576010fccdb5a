using Pictor.Datasets;

namespace Pictor.Training.Recipes;

/// <summary>Everything that decides the outcome of a training run, as one block that a person can read aloud. Serialised in camelCase as <c>config.json</c>.</summary>
public sealed record Recipe
{
    /// <summary>A name that <c>pictor networks</c> lists. <value>mnist-cnn.</value></summary>
    public string Network { get; init; } = "mnist-cnn";

    /// <summary>Input side in pixels; null: the data's own size when all pictures share one, else 64.</summary>
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
}

/// <summary>adam or sgd.</summary>
public sealed record OptimizerSettings
{
    /// <summary><c>adam</c> or <c>sgd</c> (Nesterov momentum). <value>adam.</value></summary>
    public string Kind { get; init; } = "adam";

    /// <summary>Peak learning rate; null: 0.001 for adam, 0.05 for sgd.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd. <value>0.9.</value></summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of weights, not of biases and norms. <value>0.</value></summary>
    public double WeightDecay { get; init; }
}

/// <summary>constant or one-cycle.</summary>
public sealed record ScheduleSettings
{
    /// <summary><c>constant</c> or <c>one-cycle</c> (Smith 2018; cosine up for a quarter of the steps, cosine down to zero). <value>one-cycle.</value></summary>
    public string Kind { get; init; } = "one-cycle";
}
