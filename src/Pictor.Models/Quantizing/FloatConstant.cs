using System.Runtime.InteropServices;
using Pictor.Models.Composing;

namespace Pictor.Models.Quantizing;

/// <summary>A constant of 32-bit floats. Field numbers are those of onnx.proto3's TensorProto.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Row by row.</param>
internal sealed record FloatConstant(string Name, IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>Null when it holds something else, or stands outside the file.</summary>
    public static FloatConstant? Read(NamedPart part)
    {
        var shape = new List<long>();
        float[]? values = null;
        long type = 0;
        foreach (RawField field in part.Message.Fields)
        {
            switch (field.Number)
            {
                case 1 when field.Wire == 0:
                    shape.Add((long)field.Value);
                    break;
                case 1:
                    shape.AddRange(RawMessage.Varints(field.Bytes.Span));
                    break;
                case 2:
                    type = (long)field.Value;
                    break;
                case 4 or 9 when field.Wire == 2:
                    values = MemoryMarshal.Cast<byte, float>(field.Bytes.Span).ToArray();
                    break;
            }
        }

        long length = shape.Aggregate(1L, (a, b) => a * b);
        return type == 1 && values is not null && values.Length == length && shape.Count > 0 && length > 0 ? new FloatConstant(part.Name, shape, values) : null;
    }
}
