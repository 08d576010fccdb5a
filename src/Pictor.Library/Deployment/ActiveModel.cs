using Pictor.Library.Finding;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.VectorSearch;

namespace Pictor.Library.Deployment;

/// <summary>
/// A package in use: its labels, its ONNX session and the vectors that it gave the pictures, each loaded when first asked for
/// (listing pictures, or indexing what is known, needs none). Counted: it is closed when the library and the last borrower have let go.
/// </summary>
internal sealed class ActiveModel
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly VectorStore _store;
    private readonly Lazy<ModelPackage> _package;
    private readonly Lazy<Annotator> _annotator;
    private readonly Lock _loading = new();
    private FlatIndex? _vectors;
    private int _users = 1;

    internal ActiveModel(DeployedModel model, string folder, VectorStore store)
    {
        Model = model;
        _path = model.PathIn(folder);
        _store = store;
        _package = new(() => ModelPackage.Open(_path));
        _annotator = new(() => Annotator.Load(_package.Value));
    }

    internal DeployedModel Model { get; }

    internal ModelPackage Package => _package.Value;

    internal Annotator Annotator => _annotator.Value;

    /// <summary>The vectors of the pictures that can be found.</summary>
    internal FlatIndex Vectors => Model.EmbeddingLength > 0
        ? VectorsIfLoaded ?? LoadVectors()
        : throw new InputException(Model.Reference, "this model gives no embeddings, which similar pictures are found by", "Use another model: pictor models use NAME.") { Code = "model.no-embedding" };

    /// <summary>The vectors if they were asked for already.</summary>
    internal FlatIndex? VectorsIfLoaded => Volatile.Read(ref _vectors);

    internal bool TryTake()
    {
        lock (_lock)
        {
            if (_users == 0)
                return false;
            _users++;
            return true;
        }
    }

    internal void Release()
    {
        lock (_lock)
        {
            if (--_users > 0)
                return;
        }

        if (_annotator.IsValueCreated)
            _annotator.Value.Dispose();
        _vectors?.Dispose();
    }

    private FlatIndex LoadVectors()
    {
        lock (_loading)
        {
            if (VectorsIfLoaded is null)
                _store.Load(Model, index => Volatile.Write(ref _vectors, index));
            return _vectors!;
        }
    }
}
