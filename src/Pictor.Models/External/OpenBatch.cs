using System.Runtime.InteropServices;
using Pictor.Models.Composing;

namespace Pictor.Models.External;

/// <summary>
/// Lets a model that was exported for one picture take any number: reshapes that write out the batch as 1 copy it from their input instead
/// (0 means that in ONNX). Whether it worked is then measured, see <see cref="ExternalCheck"/>.
/// </summary>
internal static class OpenBatch
{
    public static void Apply(OnnxFile file)
    {
        foreach (GraphNode node in file.Graph.Nodes)
        {
            if (node.Operation != "Reshape" || node.Inputs.Count < 2 || file.Graph.IsConstant(node.Inputs[0]) || Shape(file, node.Inputs[1]) is not [1, _, ..] shape)
                continue;
            shape[0] = 0;
            node.Inputs[1] = file.Constant($"{node.Inputs[1]}.open", shape);
        }
    }

    /// <summary>The whole numbers of a constant, from the file's constants or a Constant node; null where it is computed.</summary>
    private static long[]? Shape(OnnxFile file, string name)
    {
        if (file.Graph.Constants.Find(part => part.Name == name) is { } constant)
            return Numbers(constant.Message);
        return file.Graph.Nodes.Find(node => node.Operation == "Constant" && node.Outputs[0] == name)?.TensorAttribute("value") is { } tensor ? Numbers(tensor) : null;
    }

    // TensorProto: data_type 2 (int64 is 7), int64_data 7 (packed), raw_data 9.
    private static long[]? Numbers(RawMessage tensor)
    {
        if (tensor.Fields.Find(part => part.Number == 2).Value != 7)
            return null;
        RawField raw = tensor.Fields.Find(part => part.Number == 9);
        if (raw.Number == 9)
            return raw.Bytes.Length % 8 == 0 ? MemoryMarshal.Cast<byte, long>(raw.Bytes.Span).ToArray() : null;
        var numbers = new List<long>();
        foreach (RawField part in tensor.Fields.Where(part => part.Number == 7))
        {
            if (part.Wire == 0)
                numbers.Add((long)part.Value);
            else
                numbers.AddRange(RawMessage.Varints(part.Bytes.Span));
        }

        return [.. numbers];
    }
}
