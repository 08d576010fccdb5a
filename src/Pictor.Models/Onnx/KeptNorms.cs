using System.Runtime.InteropServices;
using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>
/// What folding the norms would lose, kept beside the graph as a text that no runtime reads, so that a package can be trained further: gamma, beta, mean and
/// variance of every norm (a thousandth of the weights), and what the convolution before it cannot give back. Folded weights alone would not do: a norm that
/// starts anew as the identity takes the statistics of its first batch and changes the function at the first step. In the order of the network, base64 of float32.
/// </summary>
internal static class KeptNorms
{
    /// <summary>Key among the model's metadata.</summary>
    public const string Key = "pictor.norms";

    // Below it a folded row has lost digits to denormal numbers, or everything to zero.
    private const float SmallestScale = 1e-20f;

    /// <summary>The text, or null for a network without norms.</summary>
    public static string? Write(Network network, NetworkWeights weights, Dictionary<int, int> folded)
    {
        var values = new List<float>();
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            NetworkNode node = network.Nodes[i];
            if (node.Layer is Layer.BatchNorm)
                node.Parameters.ToList().ForEach(parameter => values.AddRange(weights[parameter.Name]));
        }

        foreach ((int convolution, int norm) in folded)
        {
            NetworkNode node = network.Nodes[convolution];
            if (node.Layer is Layer.Convolution { Bias: true })
                values.AddRange(weights[$"{node.Name}.bias"]);
            float[] kernel = weights[$"{node.Name}.weight"], scale = NormFolding.ScaleAndShift(network.Nodes[norm], weights, bias: null).Scale;
            int columns = kernel.Length / scale.Length;
            foreach (int row in Lost(scale))
                values.AddRange(kernel.AsSpan(row * columns, columns));
        }

        return values.Count == 0 ? null : Convert.ToBase64String(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
    }

    /// <summary>Fills in norms, biases of folded convolutions, and their kernels from the folded ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Holds the folded kernels under the convolutions' names; changed into what training had.</param>
    /// <param name="folded">As <see cref="NormFolding.Pairs"/> tells.</param>
    /// <param name="text">What <see cref="Write"/> wrote.</param>
    /// <exception cref="FormatException">The text is another network's, or damaged.</exception>
    public static void Read(Network network, NetworkWeights weights, Dictionary<int, int> folded, string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        if (bytes.Length % sizeof(float) != 0)
            throw new FormatException("the values of its norms are cut off");
        var rest = new Queue<float>(MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        foreach (NetworkNode node in network.Nodes.Where(node => node.Layer is Layer.BatchNorm))
        {
            foreach (Parameter parameter in node.Parameters)
                weights[parameter.Name] = Take(rest, parameter.Length);
        }

        foreach ((int convolution, int norm) in folded)
        {
            NetworkNode node = network.Nodes[convolution];
            if (node.Layer is Layer.Convolution { Bias: true })
                weights[$"{node.Name}.bias"] = Take(rest, node.Parameters[1].Length);
            float[] kernel = weights[$"{node.Name}.weight"], scale = NormFolding.ScaleAndShift(network.Nodes[norm], weights, bias: null).Scale;
            int columns = kernel.Length / scale.Length;
            var lost = Lost(scale).ToHashSet();
            for (int row = 0; row < scale.Length; row++)
            {
                Span<float> values = kernel.AsSpan(row * columns, columns);
                if (lost.Contains(row))
                    Take(rest, columns).CopyTo(values);
                else
                    Divide(values, scale[row]);
            }
        }

        if (rest.Count > 0)
            throw new FormatException("it holds more norms than the network");
    }

    private static IEnumerable<int> Lost(float[] scale) => Enumerable.Range(0, scale.Length).Where(row => !(Math.Abs(scale[row]) >= SmallestScale));

    private static void Divide(Span<float> values, float by)
    {
        foreach (ref float value in values)
            value = (float)((double)value / by);
    }

    private static float[] Take(Queue<float> values, long count)
    {
        if (values.Count < count)
            throw new FormatException("it holds fewer norms than the network");
        var taken = new float[count];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = values.Dequeue();
        return taken;
    }
}
