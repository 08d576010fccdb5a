namespace Pictor.Models.Onnx;

/// <summary>Writes a temperature into a finished ONNX file: a division before the softmax that gives the probabilities. All other bytes of the graph stay as they are.</summary>
public static class OnnxTemperature
{
    private const string Divisor = "calibration.temperature";
    private const string Scaled = "calibration.logits";

    /// <summary>The model with probabilities = softmax(logits / temperature).</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="probabilities">Name of the output.</param>
    /// <param name="temperature">Finite and above 0.</param>
    /// <returns>Null when that output is not a Softmax's, or the file has a temperature already.</returns>
    /// <exception cref="FormatException">The bytes are no ONNX file.</exception>
    public static byte[]? Bake(ReadOnlySpan<byte> model, string probabilities, double temperature)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is finite and above 0.");
        var copy = new ProtoMessage();
        var reader = new ProtoReader(model);
        bool baked = false;
        while (reader.Next())
        {
            // Of a model's fields only its two versions are whole numbers.
            if (reader.Number is 1 or 5)
                copy.Add(reader.Number, (long)reader.Value);
            else if (reader.Number == 7 && Graph(reader.Content, probabilities, (float)temperature) is { } graph)
                (baked, copy) = (true, copy.Add(7, graph));
            else
                copy.Add(reader.Number, reader.Content.ToArray());
        }

        return baked ? copy.ToArray() : null;
    }

    private static ProtoMessage? Graph(ReadOnlySpan<byte> graph, string probabilities, float temperature)
    {
        var copy = new ProtoMessage();
        var reader = new ProtoReader(graph);
        bool found = false;
        while (reader.Next())
        {
            if (reader.Number == 1 && Outputs(reader.Content, Divisor, Scaled))
                return null;
            if (reader.Number == 1 && Softmax(reader.Content, probabilities) is { } logits)
            {
                // A node must stand behind those it reads from.
                copy.Add(1, new ProtoMessage().Add(1, logits).Add(1, Divisor).Add(2, Scaled).Add(3, Scaled).Add(4, "Div"));
                copy.Add(1, Redirected(reader.Content));
                found = true;
            }
            else
            {
                copy.Add(reader.Number, reader.Content.ToArray());
            }
        }

        return found ? copy.Add(5, new ProtoMessage().Add(2, 1L).Add(8, Divisor).Add(9, [temperature])) : null;
    }

    /// <summary>The input of a node that is the softmax; null for any other.</summary>
    private static string? Softmax(ReadOnlySpan<byte> node, string probabilities)
    {
        string? input = null;
        string operation = "";
        bool gives = false;
        var reader = new ProtoReader(node);
        while (reader.Next())
        {
            if (reader.Number == 1)
                input ??= reader.Text;
            else if (reader.Number == 2)
                gives |= reader.Text == probabilities;
            else if (reader.Number == 4)
                operation = reader.Text;
        }

        return gives && operation == "Softmax" ? input : null;
    }

    private static bool Outputs(ReadOnlySpan<byte> node, params string[] names)
    {
        var reader = new ProtoReader(node);
        while (reader.Next())
        {
            if (reader.Number == 2 && names.Contains(reader.Text, StringComparer.Ordinal))
                return true;
        }

        return false;
    }

    private static ProtoMessage Redirected(ReadOnlySpan<byte> node)
    {
        var copy = new ProtoMessage();
        var reader = new ProtoReader(node);
        while (reader.Next())
        {
            if (reader.Number == 1)
                copy.Add(1, Scaled);
            else
                copy.Add(reader.Number, reader.Content.ToArray());
        }

        return copy;
    }
}
