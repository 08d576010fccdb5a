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

    /// <summary>Random weights, He normal for weights, zero biases, one scales; for tests and speed measurements.</summary>
    public static NetworkWeights Random(Network network, int seed) => throw new NotImplementedException();
}
