namespace Pictor.Models.Composing;

/// <summary>An ONNX file taken apart, to be changed and put together again. Field numbers are those of onnx.proto3's ModelProto.</summary>
internal sealed class OnnxFile
{
    // From operator set 8 on, arithmetic broadcasts and Gemm and Softmax mean on [batch, length] what they mean today.
    private const long OldestOperators = 8;
    private const long Float = 1;
    private const long Int64 = 7;

    private readonly RawMessage _rest = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private OnnxFile(GraphParts graph) => Graph = graph;

    public GraphParts Graph { get; }

    public long IrVersion { get; set; }

    /// <summary>Version of each operator set, by domain; the standard one is "".</summary>
    public SortedDictionary<string, long> Operators { get; } = new(StringComparer.Ordinal);

    /// <summary>True when the file brings operators of its own, written as functions.</summary>
    public bool HasFunctions => _rest.Fields.Exists(part => part.Number == 25);

    /// <summary>An empty file of the given versions.</summary>
    public static OnnxFile Empty(string name) => new(GraphParts.Read(new RawMessage().Add(2, name).ToArray()));

    /// <exception cref="FormatException">The bytes are no ONNX file, or one of operators before 2017.</exception>
    public static OnnxFile Read(ReadOnlyMemory<byte> bytes)
    {
        var model = RawMessage.Read(bytes);
        if (model.Fields.Find(field => field.Number == 7) is not { Number: 7 } graph)
            throw new FormatException("it holds no graph");
        var file = new OnnxFile(GraphParts.Read(graph.Bytes));
        foreach (RawField field in model.Fields)
        {
            if (field.Number == 1)
                file.IrVersion = (long)field.Value;
            else if (field.Number == 8)
                file.AddOperators(RawMessage.Read(field.Bytes));
            else if (field.Number != 7)
                file._rest.Add(field);
        }

        if (file.Operators.GetValueOrDefault("") < OldestOperators)
            throw new FormatException($"its operator set is {file.Operators.GetValueOrDefault("")}, and {OldestOperators} is the oldest that can be added to");
        file._names.UnionWith(file.Graph.Names());
        return file;
    }

    /// <summary>Bytes that hold for equal parts in equal order.</summary>
    public byte[] ToArray()
    {
        // Before version 4 a constant had to be declared as an input too; those added here are not.
        var model = new RawMessage().Add(1, Math.Max(IrVersion, 4));
        foreach ((string domain, long version) in Operators)
            model.Add(8, new RawMessage().Add(1, domain).Add(2, version));
        _rest.Fields.ForEach(field => model.Add(field));
        return model.Add(7, Graph.Write()).ToArray();
    }

    /// <summary>Reads the names in use again, after parts were taken out or added.</summary>
    public void Reindex()
    {
        _names.Clear();
        _names.UnionWith(Graph.Names());
    }

    /// <summary>The name, or one with a number behind it where it is taken.</summary>
    public string Free(string name)
    {
        string free = name;
        for (int i = 2; !_names.Add(free); i++)
            free = $"{name}.{i}";
        return free;
    }

    /// <summary>Adds an operation of the standard set at the end; returns the name of its value.</summary>
    public string Node(string operation, string output, IReadOnlyList<string> inputs, params ReadOnlySpan<RawMessage> attributes)
    {
        output = Free(output);
        Graph.Nodes.Add(GraphNode.Make(operation, output, inputs, attributes));
        return output;
    }

    /// <summary>Adds constants; returns their name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Constant(name, Float, values, shape);

    /// <summary>Adds whole numbers; returns their name.</summary>
    public string Constant(string name, ReadOnlySpan<long> values) => Constant(name, Int64, values, [values.Length]);

    /// <summary>Declares an output [batch, length] of 32-bit floats.</summary>
    public void Output(string name, int length) => Graph.Outputs.Add(Declare(name, [length]));

    /// <summary>A value [batch, shape] of 32-bit floats.</summary>
    public static NamedPart Declare(string name, ReadOnlySpan<int> shape)
    {
        var dimensions = new RawMessage().Add(1, new RawMessage().Add(2, "batch"));
        foreach (int dimension in shape)
            dimensions.Add(1, new RawMessage().Add(1, (long)dimension));
        var tensor = new RawMessage().Add(1, Float).Add(2, dimensions);
        return new NamedPart(name, new RawMessage().Add(1, name).Add(2, new RawMessage().Add(1, tensor)));
    }

    /// <summary>A value of 32-bit floats of any shape.</summary>
    public static NamedPart DeclareFloat(string name) =>
        new(name, new RawMessage().Add(1, name).Add(2, new RawMessage().Add(1, new RawMessage().Add(1, Float))));

    /// <summary>x / max(|x|, 1e-12) along the last of two dimensions: zeros stay zeros.</summary>
    public string UnitLength(string features, string output)
    {
        // The axes moved from an attribute to an input in operator set 18.
        string length = Operators[""] >= 18
            ? Node("ReduceL2", $"{output}.length", [features, Constant($"{output}.axes", [1L])], GraphNode.Attribute("keepdims", 1))
            : Node("ReduceL2", $"{output}.length", [features], GraphNode.Attribute("axes", [1L]), GraphNode.Attribute("keepdims", 1));
        string safe = Node("Max", $"{output}.divisor", [length, Constant($"{output}.tiny", [1e-12f], 1)]);
        return Node("Div", output, [features, safe]);
    }

    /// <summary>Adds constants of a type of TensorProto.DataType; returns their name.</summary>
    public string Constant<T>(string name, long type, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = new RawMessage();
        foreach (long dimension in shape)
            tensor.Add(1, dimension);
        name = Free(name);
        Graph.Constants.Add(new NamedPart(name, tensor.Add(2, type).Add(8, name).AddNumbers(9, values)));
        return name;
    }

    private void AddOperators(RawMessage set) => Operators[set.Text(1) is "ai.onnx" ? "" : set.Text(1)] = (long)set.Fields.Find(field => field.Number == 2).Value;
}
