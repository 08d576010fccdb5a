using Microsoft.ML.OnnxRuntime;
using Pictor.Imaging;

namespace Pictor.Models.Annotators;

/// <summary>Names of the values that go in and out, and the lengths of what comes out; a regressor's value stands for the probabilities.</summary>
internal sealed record SessionNames(string Input, string Probabilities, string? Embedding, int Classes, int EmbeddingLength);

/// <summary>Input and output arrays of one run, wrapped once for ONNX Runtime, which reads and writes them in place. Belongs to one call at a time.</summary>
internal sealed class SessionBuffers : IDisposable
{
    private readonly PictureShape _shape;
    private readonly SessionNames _names;
    private readonly byte[] _planes;
    private readonly float[] _values;
    private readonly float[] _probabilities;
    private readonly float[] _embeddings;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private OrtValue[] _inputs = [];
    private OrtValue[] _outputs = [];
    private int _count;

    public SessionBuffers(PictureShape shape, int capacity, SessionNames names)
    {
        (_shape, _names) = (shape, names);
        _planes = new byte[capacity == 1 ? shape.Length : 0];
        _values = new float[capacity * shape.Length];
        _probabilities = new float[capacity * names.Classes];
        _embeddings = new float[capacity * names.EmbeddingLength];
        _inputNames = [names.Input];
        _outputNames = names.Embedding is null ? [names.Probabilities] : [names.Probabilities, names.Embedding];
    }

    /// <summary>[channels, height, width] of one picture.</summary>
    public Span<byte> Planes => _planes;

    /// <summary>[count, channels, height, width], to be filled before <see cref="Run"/>.</summary>
    public Span<float> Values(int count) => _values.AsSpan(0, count * _shape.Length);

    /// <summary>Runs what <see cref="Values"/> holds.</summary>
    public void Run(InferenceSession session, RunOptions options, int count, Span<float> probabilities, Span<float> embeddings)
    {
        Shape(count);
        session.Run(options, _inputNames, _inputs, _outputNames, _outputs);
        _probabilities.AsSpan(0, probabilities.Length).CopyTo(probabilities);
        _embeddings.AsSpan(0, embeddings.Length).CopyTo(embeddings);
    }

    public void Dispose()
    {
        foreach (OrtValue value in _inputs.Concat(_outputs))
            value.Dispose();
        (_inputs, _outputs, _count) = ([], [], 0);
    }

    // Equal batches follow each other, so the wrappers of the last size are kept.
    private void Shape(int count)
    {
        if (count == _count)
            return;
        Dispose();
        _inputs = [Wrap(_values, count * _shape.Length, [count, _shape.Channels, _shape.Height, _shape.Width])];
        _outputs = _names.Embedding is null
            ? [Wrap(_probabilities, count * _names.Classes, [count, _names.Classes])]
            : [Wrap(_probabilities, count * _names.Classes, [count, _names.Classes]), Wrap(_embeddings, count * _names.EmbeddingLength, [count, _names.EmbeddingLength])];
        _count = count;
    }

    private static OrtValue Wrap(float[] array, int length, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, array.AsMemory(0, length), shape);
}
