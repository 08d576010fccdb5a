namespace Pictor.Models.Onnx;

/// <summary>A value that goes into or comes out of an ONNX file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFloat">True for a tensor of 32-bit floats.</param>
/// <param name="Shape">Its dimensions; -1 where the file leaves one open.</param>
internal sealed record OnnxValue(string Name, bool IsFloat, IReadOnlyList<long> Shape)
{
    public override string ToString() => $"{Name} [{string.Join(", ", Shape.Select(d => d < 0 ? "free" : d.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]{(IsFloat ? "" : " not of float32")}";
}

/// <summary>
/// What an ONNX file says of itself, read without ONNX Runtime (a session costs a hundred times more): inputs, outputs, and whether it
/// points to weights outside itself, which would let a package read files of the machine that opens it.
/// </summary>
internal sealed record OnnxOutline(IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs, bool ReadsOtherFiles)
{
    private const int DeepestGraph = 16;

    /// <exception cref="FormatException">The bytes are no ONNX file.</exception>
    public static OnnxOutline Read(ReadOnlySpan<byte> model)
    {
        var outline = new OutlineBuilder();
        var reader = new ProtoReader(model);
        bool graph = false;
        while (reader.Next())
        {
            if (reader.Number == 7)
            {
                outline.Graph(reader.Content, depth: 0);
                graph = true;
            }
            else if (reader.Number == 25)
            {
                outline.Function(reader.Content);
            }
        }

        return graph ? new OnnxOutline(outline.Inputs, outline.Outputs, outline.ReadsOtherFiles) : throw new FormatException("it holds no graph");
    }

    private sealed class OutlineBuilder
    {
        private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
        private readonly List<OnnxValue> _inputs = [];

        // Up to IR version 3 constants stood among the inputs too.
        public IReadOnlyList<OnnxValue> Inputs => [.. _inputs.Where(input => !_constants.Contains(input.Name))];

        public List<OnnxValue> Outputs { get; } = [];

        public bool ReadsOtherFiles { get; private set; }

        public void Graph(ReadOnlySpan<byte> graph, int depth)
        {
            if (depth > DeepestGraph)
                throw new FormatException("its graphs are nested too deeply");
            var reader = new ProtoReader(graph);
            while (reader.Next())
            {
                if (reader.Number == 1)
                    Node(reader.Content, depth);
                else if (reader.Number == 5)
                    Tensor(reader.Content, outermost: depth == 0);
                else if (reader.Number == 15)
                    SparseTensor(reader.Content);
                else if (reader.Number == 11 && depth == 0)
                    _inputs.Add(Value(reader.Content));
                else if (reader.Number == 12 && depth == 0)
                    Outputs.Add(Value(reader.Content));
            }
        }

        public void Function(ReadOnlySpan<byte> function)
        {
            var reader = new ProtoReader(function);
            while (reader.Next())
            {
                if (reader.Number == 7)
                    Node(reader.Content, depth: 1);
            }
        }

        private void Node(ReadOnlySpan<byte> node, int depth)
        {
            var reader = new ProtoReader(node);
            while (reader.Next())
            {
                if (reader.Number == 5)
                    Attribute(reader.Content, depth);
            }
        }

        private void Attribute(ReadOnlySpan<byte> attribute, int depth)
        {
            var reader = new ProtoReader(attribute);
            while (reader.Next())
            {
                if (reader.Number is 5 or 10)
                    Tensor(reader.Content, outermost: false);
                else if (reader.Number is 6 or 11)
                    Graph(reader.Content, depth + 1);
                else if (reader.Number is 22 or 23)
                    SparseTensor(reader.Content);
            }
        }

        private void SparseTensor(ReadOnlySpan<byte> tensor)
        {
            var reader = new ProtoReader(tensor);
            while (reader.Next())
            {
                if (reader.Number is 1 or 2)
                    Tensor(reader.Content, outermost: false);
            }
        }

        private void Tensor(ReadOnlySpan<byte> tensor, bool outermost)
        {
            var reader = new ProtoReader(tensor);
            while (reader.Next())
            {
                if (reader.Number == 8 && outermost)
                    _constants.Add(reader.Text);
                ReadsOtherFiles |= reader.Number == 13 || (reader.Number == 14 && reader.Value != 0);
            }
        }

        // ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; its element type 1 (float is 1), shape 2, dimensions 1, each value 1 or name 2.
        private static OnnxValue Value(ReadOnlySpan<byte> value)
        {
            string name = "";
            bool isFloat = false;
            var shape = new List<long>();
            var reader = new ProtoReader(value);
            while (reader.Next())
            {
                if (reader.Number == 1)
                    name = reader.Text;
                else if (reader.Number == 2)
                    Type(reader.Content, ref isFloat, shape);
            }

            return new OnnxValue(name, isFloat, shape);
        }

        private static void Type(ReadOnlySpan<byte> type, ref bool isFloat, List<long> shape)
        {
            var types = new ProtoReader(type);
            while (types.Next())
            {
                var tensor = new ProtoReader(types.Number == 1 ? types.Content : default);
                while (tensor.Next())
                {
                    if (tensor.Number == 1)
                        isFloat = tensor.Value == 1;
                    var dimensions = new ProtoReader(tensor.Number == 2 ? tensor.Content : default);
                    while (dimensions.Next())
                        shape.Add(Dimension(dimensions.Content));
                }
            }
        }

        private static long Dimension(ReadOnlySpan<byte> dimension)
        {
            long length = -1;
            var reader = new ProtoReader(dimension);
            while (reader.Next())
            {
                if (reader.Number == 1)
                    length = (long)reader.Value;
            }

            return length;
        }
    }
}
