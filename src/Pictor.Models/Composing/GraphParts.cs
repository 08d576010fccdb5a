namespace Pictor.Models.Composing;

/// <summary>A constant or a declared value: its name, and the message that declares it.</summary>
internal sealed record NamedPart(string Name, RawMessage Message);

/// <summary>The parts of one ONNX graph. Field numbers are those of onnx.proto3's GraphProto.</summary>
internal sealed class GraphParts
{
    private readonly RawMessage _rest = new();

    public List<GraphNode> Nodes { get; } = [];

    public List<NamedPart> Constants { get; } = [];

    public List<NamedPart> Inputs { get; } = [];

    public List<NamedPart> Outputs { get; } = [];

    /// <summary>Types of inner values that the file happens to declare.</summary>
    public List<NamedPart> Declared { get; } = [];

    private List<NamedPart> Sparse { get; } = [];

    public static GraphParts Read(ReadOnlyMemory<byte> bytes)
    {
        var graph = new GraphParts();
        foreach (RawField field in RawMessage.Read(bytes).Fields)
        {
            switch (field.Number)
            {
                case 1:
                    graph.Nodes.Add(GraphNode.Read(field.Bytes));
                    break;
                case 5:
                    graph.Constants.Add(Named(field, number: 8));
                    break;
                case 11:
                    graph.Inputs.Add(Named(field, number: 1));
                    break;
                case 12:
                    graph.Outputs.Add(Named(field, number: 1));
                    break;
                case 13:
                    graph.Declared.Add(Named(field, number: 1));
                    break;
                case 15:
                    var sparse = RawMessage.Read(field.Bytes);
                    graph.Sparse.Add(new NamedPart(RawMessage.Read(sparse.Fields.Find(inner => inner.Number == 1).Bytes).Text(8), sparse));
                    break;
                default:
                    graph._rest.Add(field);
                    break;
            }
        }

        return graph;
    }

    /// <summary>All names that nodes read and outputs give, within it and in graphs inside its nodes.</summary>
    public IEnumerable<string> NamesRead() => Nodes.SelectMany(node => node.Reads()).Concat(Outputs.Select(output => output.Name));

    /// <summary>All names in use.</summary>
    public IEnumerable<string> Names() =>
        Nodes.SelectMany(node => node.Outputs.Concat(node.Reads()).Append(node.Name)).Concat(Constants.Concat(Sparse).Concat(Inputs).Concat(Outputs).Select(part => part.Name));

    /// <summary>Domains of the operators in use, those of graphs inside nodes too.</summary>
    public HashSet<string> Domains() => [.. Nodes.SelectMany(node => node.Domains())];

    /// <summary>True where the name is a constant of the file.</summary>
    public bool IsConstant(string name) => Constants.Concat(Sparse).Any(part => part.Name == name);

    /// <summary>Leaves out whatever the outputs do not need: nodes, constants, declared types, and inputs that only named constants. Real inputs stay.</summary>
    public void Prune()
    {
        var needed = new HashSet<string>(Outputs.Select(output => output.Name), StringComparer.Ordinal);
        var kept = new HashSet<GraphNode>();

        // Nodes stand after what they read, so one walk from the end is enough.
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            if (!Nodes[i].Outputs.Exists(needed.Contains))
                continue;
            kept.Add(Nodes[i]);
            needed.UnionWith(Nodes[i].Reads());
        }

        var constants = Constants.Concat(Sparse).Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        Nodes.RemoveAll(node => !kept.Contains(node));
        Inputs.RemoveAll(input => constants.Contains(input.Name) && !needed.Contains(input.Name));
        Constants.RemoveAll(constant => !needed.Contains(constant.Name));
        Sparse.RemoveAll(constant => !needed.Contains(constant.Name));
        var made = kept.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        Declared.RemoveAll(value => !made.Contains(value.Name));

        // Notes on how values were quantised, by name; a note on a value that is gone would be an error.
        _rest.Fields.RemoveAll(field => field.Number == 14 && RawMessage.Read(field.Bytes).Text(1) is var name && !made.Contains(name) && !needed.Contains(name));
    }

    /// <summary>Gives every value another name. Notes on quantisation, which only tools for editing read, are dropped.</summary>
    public void Rename(Func<string, string> rename)
    {
        Nodes.ForEach(node => node.Rename(rename));
        Rename(Constants, 8, rename);
        Rename(Inputs, 1, rename);
        Rename(Outputs, 1, rename);
        Rename(Declared, 1, rename);
        for (int i = 0; i < Sparse.Count; i++)
        {
            RawMessage message = Sparse[i].Message;
            int values = message.Fields.FindIndex(field => field.Number == 1);
            message.Fields[values] = message.Fields[values] with { Message = WithName(RawMessage.Read(message.Fields[values].Bytes), 8, rename(Sparse[i].Name)) };
            Sparse[i] = new NamedPart(rename(Sparse[i].Name), message);
        }

        _rest.Fields.RemoveAll(field => field.Number == 14);
    }

    /// <summary>Takes over the nodes and constants of another graph; its inputs and outputs are the caller's business.</summary>
    public void Take(GraphParts other)
    {
        Nodes.AddRange(other.Nodes);
        Constants.AddRange(other.Constants);
        Sparse.AddRange(other.Sparse);
    }

    public RawMessage Write()
    {
        var message = new RawMessage();
        Nodes.ForEach(node => message.Add(1, node.Write()));
        _rest.Fields.ForEach(field => message.Add(field));
        Constants.ForEach(part => message.Add(5, part.Message));
        Inputs.ForEach(part => message.Add(11, part.Message));
        Outputs.ForEach(part => message.Add(12, part.Message));
        Declared.ForEach(part => message.Add(13, part.Message));
        Sparse.ForEach(part => message.Add(15, part.Message));
        return message;
    }

    private static NamedPart Named(RawField field, int number)
    {
        var message = RawMessage.Read(field.Bytes);
        return new NamedPart(message.Text(number), message);
    }

    private static void Rename(List<NamedPart> parts, int number, Func<string, string> rename)
    {
        for (int i = 0; i < parts.Count; i++)
            parts[i] = new NamedPart(rename(parts[i].Name), WithName(parts[i].Message, number, rename(parts[i].Name)));
    }

    private static RawMessage WithName(RawMessage message, int number, string name)
    {
        message.Fields.RemoveAll(field => field.Number == number);
        return message.Add(number, name);
    }
}
