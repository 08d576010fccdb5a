namespace Pictor.VectorSearch;

/// <summary>Exact search by an int8 scan with fp32 rescoring; the default up to some hundred thousand vectors.</summary>
public sealed class FlatIndex : IVectorIndex, IVectorIndexWriter, IDisposable
{
    /// <summary>An empty index.</summary>
    public FlatIndex(int dimensions) => throw new NotImplementedException();

    /// <inheritdoc/>
    public int Dimensions => throw new NotImplementedException();

    /// <inheritdoc/>
    public int Count => throw new NotImplementedException();

    /// <inheritdoc/>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int count, Func<long, bool>? filter = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool TryGet(long id, Span<float> vector) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Set(long id, ReadOnlySpan<float> vector) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Remove(long id) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
