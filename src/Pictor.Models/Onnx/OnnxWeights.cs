using System.Runtime.InteropServices;
using System.Text;
using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>Weights back from a model that <see cref="OnnxWriter"/> wrote, so that a package can be trained further.</summary>
public static class OnnxWeights
{
    /// <summary>
    /// The weights as training had them: norms exactly, kernels that were folded with a norm to the last digit of a float32, all else exactly.
    /// </summary>
    /// <param name="network">The very network that was written: same name, input and classes.</param>
    /// <param name="onnx">The model file.</param>
    /// <exception cref="InputException">Not an ONNX file, or one of another network or another writer (code weights.no-match).</exception>
    public static NetworkWeights Read(Network network, ReadOnlySpan<byte> onnx)
    {
        try
        {
            var model = new StoredModel();
            model.Read(onnx);
            Dictionary<int, int> folded = NormFolding.Pairs(network);
            var weights = new NetworkWeights();
            foreach (NetworkNode node in network.Nodes)
            {
                if (node.Layer is Layer.Lstm)
                    ReadLstm(node, model, weights);
                else if (node.Layer is not Layer.BatchNorm)
                    node.Parameters.ToList().ForEach(parameter => weights[parameter.Name] = Values(model, parameter.Name, parameter.Shape));
            }

            if (network.Nodes.Any(node => node.Layer is Layer.BatchNorm))
                KeptNorms.Read(network, weights, folded, model.Norms ?? throw new FormatException("it does not hold the values of its norms"));
            weights.Check(network);
            return weights;
        }
        catch (FormatException e)
        {
            throw new InputException($"network {network.Name}", $"its weights cannot be read from this model: {e.Message}", "Give a package that Pictor has trained with this very network, input size and classes.", e) { Code = "weights.no-match" };
        }

        // A folded convolution without a bias of its own has one in the file; that one is not asked for here.
        static float[] Values(StoredModel model, string name, IReadOnlyList<int> shape)
        {
            if (!model.Tensors.TryGetValue(name, out (long[] Shape, float[] Values) stored))
                throw new FormatException($"it holds no values for {name}");
            return stored.Shape.SequenceEqual(shape.Select(d => (long)d))
                ? stored.Values
                : throw new FormatException($"{name} is [{string.Join(", ", stored.Shape)}], not [{string.Join(", ", shape)}]");
        }
    }

    private static void ReadLstm(NetworkNode node, StoredModel model, NetworkWeights weights)
    {
        string[] stored = ["W", "R"];
        for (int i = 0; i < stored.Length; i++)
            weights[node.Parameters[i].Name] = Gates(Part(model, $"{node.Name}.{stored[i]}", node.Parameters[i].Length));
        int half = (int)node.Parameters[2].Length;
        float[] biases = Part(model, $"{node.Name}.B", 2 * half);
        weights[node.Parameters[2].Name] = Gates(biases[..half]);
        weights[node.Parameters[3].Name] = Gates(biases[half..]);
    }

    private static float[] Part(StoredModel model, string name, long length) =>
        model.Tensors.TryGetValue(name, out (long[] Shape, float[] Values) stored) && stored.Values.Length == length
            ? stored.Values
            : throw new FormatException($"it holds no values for {name} of the right length");

    // From ONNX's order i, o, f, c to torch's i, f, g, o.
    private static float[] Gates(float[] all)
    {
        int part = all.Length / 4;
        return [.. all[..part], .. all[(2 * part)..], .. all[part..(2 * part)]];
    }

    /// <summary>The float tensors of a model's graph by name, and the text of its norms.</summary>
    private sealed class StoredModel
    {
        public Dictionary<string, (long[] Shape, float[] Values)> Tensors { get; } = new(StringComparer.Ordinal);

        public string? Norms { get; private set; }

        public void Read(ReadOnlySpan<byte> onnx)
        {
            var model = new ProtoReader(onnx);
            while (model.Next())
            {
                if (model.Number == 7)
                    Graph(model.Content);
                else if (model.Number == 14)
                    Metadata(model.Content);
            }
        }

        private void Graph(ReadOnlySpan<byte> content)
        {
            var graph = new ProtoReader(content);
            while (graph.Next())
            {
                if (graph.Number == 5)
                    Tensor(graph.Content);
            }
        }

        // TensorProto: dims 1, data_type 2 (float is 1), name 8, raw_data 9; as OnnxGraph writes them.
        private void Tensor(ReadOnlySpan<byte> content)
        {
            var shape = new List<long>();
            string name = "";
            bool isFloat = false;
            ReadOnlySpan<byte> raw = default;
            var tensor = new ProtoReader(content);
            while (tensor.Next())
            {
                if (tensor.Number == 1)
                    shape.Add((long)tensor.Value);
                else if (tensor.Number == 2)
                    isFloat = tensor.Value == 1;
                else if (tensor.Number == 8)
                    name = tensor.Text;
                else if (tensor.Number == 9)
                    raw = tensor.Content;
            }

            if (!isFloat)
                return;
            float[] values = MemoryMarshal.Cast<byte, float>(raw).ToArray();
            if (raw.Length % sizeof(float) != 0 || values.Length != shape.Aggregate(1L, (a, b) => unchecked(a * b)))
                throw new FormatException($"the values of {name} are not as many as its shape says");
            Tensors[name] = ([.. shape], values);
        }

        private void Metadata(ReadOnlySpan<byte> content)
        {
            string key = "", value = "";
            var entry = new ProtoReader(content);
            while (entry.Next())
            {
                if (entry.Number == 1)
                    key = entry.Text;
                else if (entry.Number == 2)
                    value = Encoding.UTF8.GetString(entry.Content);
            }

            if (key == KeptNorms.Key)
                Norms = value;
        }
    }
}
