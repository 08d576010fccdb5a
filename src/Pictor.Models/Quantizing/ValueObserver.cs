using Microsoft.ML.OnnxRuntime;
using Pictor.Imaging;
using Pictor.Models.Composing;
using Pictor.Models.Packages;

namespace Pictor.Models.Quantizing;

/// <summary>Runs a model on pictures and looks at the values inside it.</summary>
internal sealed class ValueObserver : IDisposable
{
    // Inner values of a batch are many times its input.
    private const int ValuesPerRun = 1 << 17;

    private readonly InferenceSession _session;
    private readonly Preprocessing _input;
    private readonly string _pixels;
    private readonly string[] _names;
    private readonly HashSet<string> _ranged;
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <param name="package">The model.</param>
    /// <param name="ranged">Values whose range is wanted; the input may be among them.</param>
    /// <param name="sized">Values whose size is wanted.</param>
    public ValueObserver(ModelPackage package, IReadOnlyList<string> ranged, IReadOnlyList<string> sized)
    {
        _input = package.Manifest.Input;
        OnnxFile file = HeadGraph.Open(package);
        _pixels = file.Graph.Inputs.First(value => !file.Graph.IsConstant(value.Name)).Name;
        _ranged = ranged.ToHashSet(StringComparer.Ordinal);
        _names = [.. ranged.Concat(sized).Where(name => name != _pixels).Distinct(StringComparer.Ordinal)];
        foreach (string name in _names.Where(name => !file.Graph.Outputs.Exists(output => output.Name == name)))
            file.Graph.Outputs.Add(OnnxFile.DeclareFloat(name));
        using var settings = new SessionOptions
        {
            InterOpNumThreads = 1,
            // What is looked at must be there: nothing may be fused away.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            _session = new InferenceSession(file.ToArray(), settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(package.Reference, $"ONNX Runtime does not take its model: {e.Message}", "Export the package again, or update Pictor.", e) { Code = "package.not-runnable" };
        }
    }

    /// <summary>Numbers of a value for one picture; known once <see cref="Observe"/> has run.</summary>
    public long ValuesPerPicture(string name) => _sizes[name];

    /// <summary>Runs all pictures twice: for the widest range of each value, and for how often each part of it occurs.</summary>
    public IReadOnlyDictionary<string, Quantum> Observe(ReadOnlyMemory<byte> planes, int count, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, ValueHistogram> histograms = _ranged.ToDictionary(name => name, _ => new ValueHistogram(), StringComparer.Ordinal);
        int length = _input.Shape.Length, batch = Math.Clamp(ValuesPerRun / length, 1, 32);
        var values = new float[batch * length];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int at = 0; at < count; at += batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int n = Math.Min(batch, count - at);
                _input.Normalize(planes.Span.Slice(at * length, n * length), values.AsSpan(0, n * length));
                Run(values, n, pass, histograms);
                progress?.Report(new Progress("Looking at the values inside", (pass * count) + at + n, 2 * count));
            }
        }

        return histograms.ToDictionary(pair => pair.Key, pair => pair.Value.Choose(), StringComparer.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private void Run(float[] values, int count, int pass, Dictionary<string, ValueHistogram> histograms)
    {
        PictureShape shape = _input.Shape;
        using var options = new RunOptions();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, count * shape.Length), [count, shape.Channels, shape.Height, shape.Width]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, [_pixels], [input], _names);
        if (histograms.TryGetValue(_pixels, out ValueHistogram? pixels))
            Look(pixels, values.AsSpan(0, count * shape.Length), pass);
        for (int i = 0; i < _names.Length; i++)
        {
            ReadOnlySpan<float> seen = outputs[i].GetTensorDataAsSpan<float>();
            _sizes[_names[i]] = seen.Length / count;
            if (histograms.TryGetValue(_names[i], out ValueHistogram? histogram))
                Look(histogram, seen, pass);
        }
    }

    private static void Look(ValueHistogram histogram, ReadOnlySpan<float> values, int pass)
    {
        if (pass == 0)
            histogram.Widen(values);
        else
            histogram.Count(values);
    }
}
