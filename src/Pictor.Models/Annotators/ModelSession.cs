using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Pictor.Imaging;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Annotators;

/// <summary>
/// The ONNX Runtime session of a package with its buffers. A call borrows a set of buffers (<see cref="SessionBuffers"/>) and gives it
/// back, so steady work allocates no tensors; as many sets exist as calls ever ran at once.
/// </summary>
internal sealed class ModelSession : IDisposable
{
    // Input values per run: enough pictures to use the processor well, few enough to stay in its caches.
    private const int ValuesPerRun = 1 << 19;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly ConcurrentBag<SessionBuffers> _single = [];
    private readonly ConcurrentBag<SessionBuffers> _batches = [];
    private readonly Preprocessing _input;
    private readonly SessionNames _names;
    private readonly int _batch;
    private int _users = 1;
    private int _disposed;

    public ModelSession(ModelPackage package, AnnotatorOptions options)
    {
        if (options.Threads is < 1 or > 64)
            throw new InputException("threads", $"{options.Threads} is out of range", "Give 1 to 64 threads for one inference.");
        PackageManifest manifest = package.Manifest;
        _input = manifest.Input;
        _batch = Math.Clamp(ValuesPerRun / _input.Shape.Length, 1, 64);
        _session = Start(package, options);
        _names = new SessionNames(
            _session.InputNames[0], manifest.Outputs[manifest.IsRegressor ? OnnxWriter.Value : OnnxWriter.Probabilities], manifest.Outputs.GetValueOrDefault(OnnxWriter.Embedding),
            manifest.Classes, manifest.EmbeddingLength);
    }

    public void Run(Pixels picture, Span<float> probabilities, Span<float> embedding)
    {
        using var use = new Use(this);
        SessionBuffers buffers = Borrow(_single, 1);
        try
        {
            _input.ToPlanes(picture, buffers.Planes);
            _input.Normalize(buffers.Planes, buffers.Values(1));
            buffers.Run(_session, _runOptions, 1, probabilities, embedding);
        }
        finally
        {
            _single.Add(buffers);
        }
    }

    public void Run(ReadOnlySpan<byte> planes, int count, Span<float> probabilities, Span<float> embeddings)
    {
        using var use = new Use(this);
        ConcurrentBag<SessionBuffers> pool = count == 1 ? _single : _batches;
        int most = count == 1 ? 1 : _batch;
        SessionBuffers buffers = Borrow(pool, most);
        try
        {
            int length = _input.Shape.Length, wanted = embeddings.IsEmpty ? 0 : _names.EmbeddingLength;
            for (int at = 0; at < count; at += most)
            {
                int n = Math.Min(most, count - at);
                _input.Normalize(planes.Slice(at * length, n * length), buffers.Values(n));
                buffers.Run(_session, _runOptions, n, probabilities.Slice(at * _names.Classes, n * _names.Classes), embeddings.Slice(at * wanted, n * wanted));
            }
        }
        finally
        {
            pool.Add(buffers);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Leave();
    }

    private static InferenceSession Start(ModelPackage package, AnnotatorOptions options)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that wait spinning take the core from the very requests that they wait for.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(package.Onnx.ToArray(), settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(package.Reference, $"ONNX Runtime does not take its model: {e.Message}", "Export the package again, or update Pictor.", e) { Code = "package.not-runnable" };
        }
    }

    private SessionBuffers Borrow(ConcurrentBag<SessionBuffers> pool, int capacity) =>
        pool.TryTake(out SessionBuffers? buffers) ? buffers : new SessionBuffers(_input.Shape, capacity, _names);

    private void Enter()
    {
        int users = Volatile.Read(ref _users);
        while (true)
        {
            ObjectDisposedException.ThrowIf(users == 0 || Volatile.Read(ref _disposed) != 0, typeof(Annotator));
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return;
            users = seen;
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        foreach (SessionBuffers buffers in _single.Concat(_batches))
            buffers.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>Keeps the session alive while a call runs.</summary>
    private readonly ref struct Use : IDisposable
    {
        private readonly ModelSession _session;

        public Use(ModelSession session)
        {
            _session = session;
            session.Enter();
        }

        public void Dispose() => _session.Leave();
    }
}
