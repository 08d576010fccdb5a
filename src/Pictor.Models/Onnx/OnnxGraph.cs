namespace Pictor.Models.Onnx;

/// <summary>The few messages of onnx.proto3 that a feed-forward graph needs; numbers are its field numbers.</summary>
internal sealed class OnnxGraph(string name)
{
    // IR 8 goes with operator set 17 (ONNX 1.12, 2022): old enough for every runtime in use, new enough for all that is written here.
    private const long IrVersion = 8;
    private const long OperatorSet = 17;
    private const long Float = 1;
    private const long Int64 = 7;

    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly List<ProtoMessage> _inputs = [];
    private readonly List<ProtoMessage> _outputs = [];
    private readonly List<ProtoMessage> _metadata = [];

    /// <summary>Adds an operation; its first output is named like <paramref name="output"/> and returned.</summary>
    public string Node(string operation, string output, string[] inputs, params ProtoMessage[] attributes)
    {
        var node = new ProtoMessage();
        foreach (string input in inputs)
            node.Add(1, input);
        node.Add(2, output).Add(3, output).Add(4, operation);
        foreach (ProtoMessage attribute in attributes)
            node.Add(5, attribute);
        _nodes.Add(node);
        return output;
    }

    public static ProtoMessage Attribute(string name, long value) => new ProtoMessage().Add(1, name).Add(3, value).Add(20, 2L);

    public static ProtoMessage Attribute(string name, params long[] values)
    {
        var attribute = new ProtoMessage().Add(1, name);
        foreach (long value in values)
            attribute.Add(8, value);
        return attribute.Add(20, 7L);
    }

    /// <summary>Adds an array of constants and returns its name.</summary>
    public string Constant(string constant, float[] values, params int[] shape)
    {
        _initializers.Add(Tensor(shape.Select(d => (long)d), Float).Add(8, constant).Add(9, values));
        return constant;
    }

    /// <summary>Adds whole numbers (shapes, axes, positions) and returns their name; without <paramref name="values"/>' own dimension when <paramref name="scalar"/>.</summary>
    public string Constant(string constant, long[] values, bool scalar = false)
    {
        _initializers.Add(Tensor(scalar ? [] : [values.Length], Int64).Add(8, constant).Add(9, values));
        return constant;
    }

    /// <summary>Declares an input [batch, shape].</summary>
    public void Input(string input, params int[] shape) => _inputs.Add(Value(input, shape));

    /// <summary>Declares an output [batch, shape].</summary>
    public void Output(string output, params int[] shape) => _outputs.Add(Value(output, shape));

    /// <summary>Adds a text to the model that no runtime reads.</summary>
    public void Metadata(string key, string value) => _metadata.Add(new ProtoMessage().Add(1, key).Add(2, value));

    public byte[] ToArray()
    {
        var graph = new ProtoMessage();
        _nodes.ForEach(node => graph.Add(1, node));
        graph.Add(2, name);
        _initializers.ForEach(tensor => graph.Add(5, tensor));
        _inputs.ForEach(input => graph.Add(11, input));
        _outputs.ForEach(output => graph.Add(12, output));
        var model = new ProtoMessage().Add(1, IrVersion).Add(2, "pictor").Add(7, graph)
            .Add(8, new ProtoMessage().Add(1, "").Add(2, OperatorSet));
        _metadata.ForEach(entry => model.Add(14, entry));

        // A protobuf message ends at 2 GiB; so do arrays here.
        if (model.Length > int.MaxValue - 64)
            throw new InputException($"network {name}", $"its weights take {model.Length >> 20} MiB, more than the 2 GiB that an ONNX file can hold", "Choose a smaller network, input or number of classes.") { Code = "network.too-large" };
        return model.ToArray();
    }

    private static ProtoMessage Tensor(IEnumerable<long> shape, long type)
    {
        var tensor = new ProtoMessage();
        foreach (long dimension in shape)
            tensor.Add(1, dimension);
        return tensor.Add(2, type);
    }

    private static ProtoMessage Value(string value, int[] shape)
    {
        var dimensions = new ProtoMessage().Add(1, new ProtoMessage().Add(2, "batch"));
        foreach (int dimension in shape)
            dimensions.Add(1, new ProtoMessage().Add(1, (long)dimension));
        var tensor = new ProtoMessage().Add(1, Float).Add(2, dimensions);
        return new ProtoMessage().Add(1, value).Add(2, new ProtoMessage().Add(1, tensor));
    }
}
