using Pictor.Models.Networks;

namespace Pictor.Trainer.Data;

/// <summary>
/// Brings the numbers of a data set to mean 0 and deviation 1 for training. At the end both go into the last linear layer, so that the package
/// answers in the numbers' own unit.
/// </summary>
internal readonly record struct TargetScale(double Mean, double Deviation)
{
    /// <summary>Leaves numbers as they are.</summary>
    public static TargetScale None { get; } = new(0, 1);

    public static TargetScale Of(IReadOnlyList<double> targets)
    {
        if (targets.Count == 0)
            return None;
        double mean = targets.Average();
        double deviation = Math.Sqrt(targets.Average(t => (t - mean) * (t - mean)));
        return new(mean, deviation > 1e-9 ? deviation : 1);
    }

    public void Normalise(Span<float> targets)
    {
        foreach (ref float target in targets)
            target = (float)((target - Mean) / Deviation);
    }

    /// <summary>Folds the scale into the last layer of a network with one output.</summary>
    public void Fold(Network network, NetworkWeights weights)
    {
        NetworkNode last = network.Nodes[^1];
        float[] weight = weights[last.Parameters[0].Name], bias = weights[last.Parameters[1].Name];
        for (int i = 0; i < weight.Length; i++)
            weight[i] = (float)(weight[i] * Deviation);
        bias[0] = (float)((bias[0] * Deviation) + Mean);
    }
}
