namespace Pictor.Models.Networks;

/// <summary>The values of a network's parameters by name, in torch's layout.</summary>
public sealed class NetworkWeights
{
    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);

    /// <summary>Names held.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The values of one parameter; the length is that of its shape.</summary>
    public float[] this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>
    /// Random weights: He normal (sqrt(2 / fan-in)) for convolutions, sqrt(1 / fan-in) for linear and recurrent layers, zero biases and
    /// means, one scales and variances; for tests and measurements of speed. Equal seeds give equal values.
    /// </summary>
    public static NetworkWeights Random(Network network, int seed)
    {
        var weights = new NetworkWeights();
        var random = new Random(seed);
        foreach (Parameter parameter in network.Parameters)
        {
            var values = new float[parameter.Length];
            if (parameter.Role is ParameterRole.NormScale or ParameterRole.RunningVariance)
                Array.Fill(values, 1f);
            else if (parameter.Role is ParameterRole.Weight)
                FillNormal(values, Math.Sqrt((parameter.Shape.Count == 4 ? 2.0 : 1.0) / parameter.Shape.Skip(1).Aggregate(1L, (a, b) => a * b)), random);
            weights[parameter.Name] = values;
        }

        return weights;
    }

    /// <summary>Tells whether every parameter of the network is there with the right length and finite.</summary>
    /// <exception cref="InvalidOperationException">One is not; names it.</exception>
    internal void Check(Network network)
    {
        foreach (Parameter parameter in network.Parameters)
        {
            if (!_values.TryGetValue(parameter.Name, out float[]? values))
                throw new InvalidOperationException($"{network.Name}: no values for {parameter.Name}.");
            if (values.LongLength != parameter.Length)
                throw new InvalidOperationException($"{network.Name}: {parameter.Name} takes {parameter.Length} values, not {values.LongLength}.");
        }
    }

    // Box and Muller's transform, in double, so that the values do not depend on a processor's float instructions.
    private static void FillNormal(float[] values, double deviation, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
