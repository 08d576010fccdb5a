namespace Pictor.Training.Recipes;

/// <summary>Fine-tuning: a network that Pictor trained goes on with other pictures and, if they differ, other classes.</summary>
public sealed record TransferSettings
{
    /// <summary>Path of the package; null: weights are drawn.</summary>
    public string? Package { get; init; }

    /// <summary>Each layer that has weights learns at so many times the rate of the one after it (layer-wise rates, Howard and Ruder 2018); 1: all at the same. <value>0.8; 0..1, 0 excluded.</value></summary>
    public double LayerDecay { get; init; } = 0.8;
}

/// <summary>Distillation (Hinton et al. 2015): the probabilities of a package are targets beside the labels.</summary>
public sealed record DistillSettings
{
    /// <summary>Path of the package, which knows every class of the data; null: no teacher.</summary>
    public string? Package { get; init; }

    /// <summary>Share of the teacher in the loss. <value>0.7; 0..1.</value></summary>
    public double Weight { get; init; } = 0.7;

    /// <summary>Both distributions are softened by this. <value>2; 1..20.</value></summary>
    public double Temperature { get; init; } = 2;
}
