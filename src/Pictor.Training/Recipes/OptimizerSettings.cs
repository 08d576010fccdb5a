namespace Pictor.Training.Recipes;

/// <summary>How weights move.</summary>
public sealed record OptimizerSettings
{
    /// <summary><c>adamw</c> or <c>adam</c> (the same method; by custom the first is used with weight decay) or <c>sgd</c> (Nesterov momentum). <value>adam.</value></summary>
    public string Kind { get; init; } = "adam";

    /// <summary>Peak learning rate; null: the network's own for this kind, see <see cref="RecipeDefaults"/>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd. <value>0.9.</value></summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of weights, not of biases and norms; decoupled from the gradient for adam and adamw, part of it for sgd. <value>0.</value></summary>
    public double WeightDecay { get; init; }

    /// <summary>Gradients longer than this (2-norm over all weights) are shortened to it; 0: never. <value>0.</value></summary>
    public double Clip { get; init; }
}
