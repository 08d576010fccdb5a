namespace Pictor.VectorSearch;

/// <summary>A vector near the query.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Score">Inner product; cosine for unit vectors.</param>
public readonly record struct Neighbour(long Id, float Score);

/// <summary>Reads an index. Safe from several threads, also while one thread writes.</summary>
public interface IVectorIndex
{
    /// <summary>Length of each vector.</summary>
    int Dimensions { get; }

    /// <summary>Vectors held.</summary>
    int Count { get; }

    /// <summary>The nearest vectors by inner product, best first; equal scores by ascending id.</summary>
    /// <param name="query">[dimensions].</param>
    /// <param name="count">How many at most.</param>
    /// <param name="filter">Ids it may return; null for all. Called for few ids only where the index can arrange it.</param>
    IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int count, Func<long, bool>? filter = null);

    /// <summary>Copies a stored vector.</summary>
    bool TryGet(long id, Span<float> vector);
}

/// <summary>Changes an index.</summary>
public interface IVectorIndexWriter
{
    /// <summary>Adds or replaces a vector.</summary>
    void Set(long id, ReadOnlySpan<float> vector);

    /// <summary>Removes a vector.</summary>
    bool Remove(long id);
}
