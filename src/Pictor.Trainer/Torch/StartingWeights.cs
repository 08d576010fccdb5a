using Pictor.Models.Networks;

namespace Pictor.Trainer.Torch;

/// <summary>
/// Weights to start from, drawn as PyTorch's layers draw theirs: uniform within 1 / sqrt(fan-in) for convolutions and linear layers with their biases
/// (He et al. 2015, eq. 10 with a = sqrt 5), within 1 / sqrt(hidden) for all of an LSTM; norms begin as the identity. A network may ask for more:
/// <see cref="WeightStart.HeNormal"/> convolutions, and scales of zero at the end of its residual blocks.
/// </summary>
internal static class StartingWeights
{
    /// <summary>Equal seeds give equal values, on any machine.</summary>
    public static NetworkWeights Draw(Network network, int seed)
    {
        var weights = new NetworkWeights();
        var random = new Random(seed);
        foreach (NetworkNode node in network.Nodes)
        {
            double bound = Bound(node);
            bool he = network.Start == WeightStart.HeNormal && node.Layer is Layer.Convolution;
            foreach (Parameter parameter in node.Parameters)
            {
                var values = new float[parameter.Length];
                if (parameter.Role is ParameterRole.NormScale or ParameterRole.RunningVariance)
                    Array.Fill(values, parameter.Role is ParameterRole.NormScale && node.Layer is Layer.BatchNorm { ZeroInit: true } ? 0f : 1f);
                else if (he && parameter.Role is ParameterRole.Weight)
                    FillNormal(values, bound * Math.Sqrt(2), random);
                else if (!he && parameter.Role is (ParameterRole.Weight or ParameterRole.Bias))
                    FillUniform(values, bound, random);
                weights[parameter.Name] = values;
            }
        }

        return weights;
    }

    private static double Bound(NetworkNode node) => node.Layer switch
    {
        Layer.Lstm lstm => 1 / Math.Sqrt(lstm.Hidden),
        Layer.Convolution or Layer.Linear => 1 / Math.Sqrt(node.Parameters[0].Shape.Skip(1).Aggregate(1L, (a, b) => a * b)),
        _ => 0,
    };

    private static void FillUniform(float[] values, double bound, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(bound * ((2 * random.NextDouble()) - 1));
    }

    // Box and Muller's transform.
    private static void FillNormal(float[] values, double deviation, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
