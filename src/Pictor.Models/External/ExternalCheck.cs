using Microsoft.ML.OnnxRuntime;

namespace Pictor.Models.External;

/// <summary>Runs a model on noise: how long its outputs are, and that a picture's answer does not depend on the pictures beside it.</summary>
internal static class ExternalCheck
{
    private const int Pictures = 3;
    private const float Tolerance = 1e-3f;

    /// <summary>The length of each output.</summary>
    /// <param name="path">The ONNX file, for errors.</param>
    /// <param name="onnx">The model, prepared.</param>
    /// <param name="input">Name of the input.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="outputs">Names of the outputs.</param>
    /// <exception cref="InputException">package.not-runnable: ONNX Runtime refuses it, outputs are not [batch, length], or pictures of a batch disturb each other.</exception>
    public static int[] Lengths(string path, byte[] onnx, string input, int[] shape, string[] outputs)
    {
        var random = new Random(1);
        int picture = shape.Aggregate(1, (a, b) => a * b);
        float[] values = [.. Enumerable.Range(0, Pictures * picture).Select(_ => (float)(random.NextDouble() - 0.5) * 4)];
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(onnx, options);
            float[][] together = Run(session, input, values, Pictures, shape, outputs);
            float[][] alone = Run(session, input, values[^picture..], 1, shape, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                if (together[i].Length != Pictures * alone[i].Length)
                    throw Refused(path, $"its value '{outputs[i]}' has {together[i].Length} numbers for {Pictures} pictures and {alone[i].Length} for one", null);
                float scale = Math.Max(1, alone[i].Max(Math.Abs));
                if (alone[i].Zip(together[i][^alone[i].Length..]).Any(pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance * scale)))
                    throw Refused(path, $"its value '{outputs[i]}' for a picture depends on the pictures beside it", null);
            }

            return [.. alone.Select(values => values.Length)];
        }
        catch (OnnxRuntimeException e)
        {
            throw Refused(path, $"ONNX Runtime does not take it: {e.Message}", e);
        }
    }

    private static float[][] Run(InferenceSession session, string input, float[] values, int count, int[] shape, string[] outputs)
    {
        using var given = OrtValue.CreateTensorValueFromMemory(values, [count, .. shape.Select(d => (long)d)]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [input], [given], outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static InputException Refused(string path, string problem, Exception? inner) =>
        new(path, problem, "Export the model with a free batch and float32 inputs and outputs, and check the names in the recipe.", inner) { Code = "package.not-runnable" };
}
