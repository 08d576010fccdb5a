using System.Numerics.Tensors;

namespace Pictor.VectorSearch;

/// <summary>Exact search by inner product; the default up to some hundred thousand vectors.</summary>
public sealed class FlatIndex : IVectorIndex, IVectorIndexWriter, IDisposable
{
    private readonly Dictionary<long, float[]> rows = [];
    private readonly Lock gate = new();

    /// <summary>An empty index.</summary>
    /// <param name="dimensions">Length of each vector, at least 1.</param>
    public FlatIndex(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public int Count { get { lock (gate) return rows.Count; } }

    /// <inheritdoc/>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int count, Func<long, bool>? filter = null)
    {
        Check(query, nameof(query));
        var found = new List<Neighbour>();
        lock (gate)
        {
            foreach ((long id, float[] row) in rows)
                if (filter is null || filter(id)) found.Add(new Neighbour(id, TensorPrimitives.Dot(row, query)));
        }

        found.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id));
        return found.Count > count ? found.GetRange(0, Math.Max(count, 0)) : found;
    }

    /// <inheritdoc/>
    public bool TryGet(long id, Span<float> vector)
    {
        lock (gate)
        {
            if (!rows.TryGetValue(id, out float[]? row)) return false;
            row.CopyTo(vector);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Set(long id, ReadOnlySpan<float> vector)
    {
        Check(vector, nameof(vector));
        lock (gate) rows[id] = vector.ToArray();
    }

    /// <inheritdoc/>
    public bool Remove(long id)
    {
        lock (gate) return rows.Remove(id);
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Clear();

    private void Check(ReadOnlySpan<float> vector, string name)
    {
        if (vector.Length != Dimensions) throw new ArgumentException($"The vector has {vector.Length} numbers, but this index holds vectors of {Dimensions}.", name);
        if (!float.IsFinite(TensorPrimitives.Norm(vector))) throw new ArgumentException("The vector has a number that is not finite.", name);
    }
}
