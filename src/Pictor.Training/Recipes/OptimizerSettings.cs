namespace Pictor.Training.Recipes;

/// <summary>adam or sgd.</summary>
public sealed record OptimizerSettings
{
    /// <summary><c>adam</c> or <c>sgd</c> (Nesterov momentum). <value>adam.</value></summary>
    public string Kind { get; init; } = "adam";

    /// <summary>Peak learning rate; null: the network's own for this kind, see <see cref="RecipeDefaults"/>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd. <value>0.9.</value></summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of weights, not of biases and norms; decoupled from the gradient for adam (AdamW), part of it for sgd. <value>0.</value></summary>
    public double WeightDecay { get; init; }
}
