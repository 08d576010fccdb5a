namespace Pictor.Models.Composing;

/// <summary>An operation of a graph: the names it reads and writes can be changed, all else is kept as it was read.</summary>
internal sealed class GraphNode
{
    private readonly RawMessage _rest = new();

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public string Operation { get; private set; } = "";

    /// <summary>Name of the node itself, for error texts of runtimes.</summary>
    public string Name { get; set; } = "";

    public static GraphNode Read(ReadOnlyMemory<byte> bytes)
    {
        var node = new GraphNode();
        foreach (RawField field in RawMessage.Read(bytes).Fields)
        {
            switch (field.Number)
            {
                case 1:
                    node.Inputs.Add(field.Text);
                    break;
                case 2:
                    node.Outputs.Add(field.Text);
                    break;
                case 3:
                    node.Name = field.Text;
                    break;
                default:
                    if (field.Number == 4)
                        node.Operation = field.Text;
                    node._rest.Add(field);
                    break;
            }
        }

        return node;
    }

    /// <summary>A new node with one value, which also names it.</summary>
    public static GraphNode Make(string operation, string output, IReadOnlyList<string> inputs, params ReadOnlySpan<RawMessage> attributes)
    {
        var node = new GraphNode { Operation = operation, Name = output };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        node._rest.Add(4, operation);
        foreach (RawMessage attribute in attributes)
            node._rest.Add(5, attribute);
        return node;
    }

    public static RawMessage Attribute(string name, long value) => new RawMessage().Add(1, name).Add(3, value).Add(20, 2L);

    public static RawMessage Attribute(string name, string value) => new RawMessage().Add(1, name).Add(4, value).Add(20, 3L);

    public static RawMessage Attribute(string name, long[] values)
    {
        RawMessage attribute = new RawMessage().Add(1, name);
        foreach (long value in values)
            attribute.Add(8, value);
        return attribute.Add(20, 7L);
    }

    /// <summary>The whole number that an attribute holds, or what holds without it.</summary>
    public long Integer(string name, long otherwise)
    {
        foreach (RawField attribute in _rest.Fields)
        {
            if (attribute.Number == 5 && (attribute.Message ?? RawMessage.Read(attribute.Bytes)) is var parts && parts.Text(1) == name)
                return (long)parts.Fields.Find(part => part.Number == 3).Value;
        }

        return otherwise;
    }

    /// <summary>The constant that an attribute holds; null without one.</summary>
    public RawMessage? TensorAttribute(string name) =>
        (from attribute in _rest.Fields
         where attribute is { Number: 5, Message: null }
         let parts = RawMessage.Read(attribute.Bytes)
         where parts.Text(1) == name && parts.Fields.Exists(part => part.Number == 5)
         select RawMessage.Read(parts.Fields.Find(part => part.Number == 5).Bytes)).FirstOrDefault();

    /// <summary>All names that it may read: its inputs, and whatever graphs inside it (branches, loop bodies) name.</summary>
    public IEnumerable<string> Reads() => Inputs.Concat(InnerGraphs().SelectMany(graph => graph.NamesRead())).Where(name => name.Length > 0);

    /// <summary>Domains of the operator and of those inside it; the standard one is "", which ai.onnx is another name for.</summary>
    public IEnumerable<string> Domains() => InnerGraphs().SelectMany(graph => graph.Domains()).Append(_rest.Text(7) is "ai.onnx" ? "" : _rest.Text(7));

    /// <summary>Gives every value another name, those of graphs inside it too.</summary>
    public void Rename(Func<string, string> rename)
    {
        for (int i = 0; i < Inputs.Count; i++)
            Inputs[i] = rename(Inputs[i]);
        for (int i = 0; i < Outputs.Count; i++)
            Outputs[i] = rename(Outputs[i]);
        Name = rename(Name);
        for (int i = 0; i < _rest.Fields.Count; i++)
        {
            if (_rest.Fields[i] is { Number: 5, Message: null } field && Renamed(field.Bytes, rename) is { } attribute)
                _rest.Fields[i] = field with { Message = attribute };
        }
    }

    public RawMessage Write()
    {
        var message = new RawMessage();
        Inputs.ForEach(input => message.Add(1, input));
        Outputs.ForEach(output => message.Add(2, output));
        if (Name.Length > 0)
            message.Add(3, Name);
        _rest.Fields.ForEach(field => message.Add(field));
        return message;
    }

    private IEnumerable<GraphParts> InnerGraphs() =>
        from attribute in _rest.Fields
        where attribute is { Number: 5, Message: null }
        from field in RawMessage.Read(attribute.Bytes).Fields
        where field is { Number: 6 or 11, Wire: 2 }
        select GraphParts.Read(field.Bytes);

    private static RawMessage? Renamed(ReadOnlyMemory<byte> bytes, Func<string, string> rename)
    {
        var attribute = RawMessage.Read(bytes);
        bool changed = false;
        for (int i = 0; i < attribute.Fields.Count; i++)
        {
            if (attribute.Fields[i] is not { Number: 6 or 11, Wire: 2 } field)
                continue;
            var inner = GraphParts.Read(field.Bytes);
            inner.Rename(rename);
            attribute.Fields[i] = field with { Message = inner.Write() };
            changed = true;
        }

        return changed ? attribute : null;
    }
}
