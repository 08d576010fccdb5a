using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>Which norms move into the convolution before them when a network is written, and what they become.</summary>
internal static class NormFolding
{
    /// <summary>Norms (values) by the convolution that takes them in (keys): its only reader is the norm, and it is not the embedding.</summary>
    public static Dictionary<int, int> Pairs(Network network)
    {
        var readers = network.Nodes.SelectMany(node => node.Inputs).GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        var folded = new Dictionary<int, int>();
        for (int i = 1; i < network.Nodes.Count; i++)
        {
            int before = network.Nodes[i].Inputs[0];
            if (network.Nodes[i].Layer is Layer.BatchNorm && network.Nodes[before].Layer is Layer.Convolution && readers[before] == 1 && before != network.EmbeddingNode && i != network.Nodes.Count - 1)
                folded.Add(before, i);
        }

        return folded;
    }

    /// <summary>gamma (x + bias - mean) / sqrt(variance + epsilon) + beta as scale x + shift, in double: it happens once and lasts.</summary>
    public static (float[] Scale, float[] Shift) ScaleAndShift(NetworkNode norm, NetworkWeights weights, float[]? bias)
    {
        float epsilon = ((Layer.BatchNorm)norm.Layer).Epsilon;
        float[] gamma = weights[$"{norm.Name}.weight"], beta = weights[$"{norm.Name}.bias"];
        float[] mean = weights[$"{norm.Name}.running_mean"], variance = weights[$"{norm.Name}.running_var"];
        var scale = new float[gamma.Length];
        var shift = new float[gamma.Length];
        for (int i = 0; i < gamma.Length; i++)
        {
            double factor = gamma[i] / Math.Sqrt((double)variance[i] + epsilon);
            scale[i] = (float)factor;
            shift[i] = (float)(beta[i] + factor * ((bias?[i] ?? 0) - (double)mean[i]));
        }

        return (scale, shift);
    }

    /// <summary>Each row of a kernel times its channel's scale.</summary>
    public static float[] ScaledRows(float[] matrix, float[] scale)
    {
        var scaled = new float[matrix.Length];
        int columns = matrix.Length / scale.Length;
        for (int i = 0; i < matrix.Length; i++)
            scaled[i] = matrix[i] * scale[i / columns];
        return scaled;
    }
}
