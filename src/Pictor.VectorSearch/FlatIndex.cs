using System.Numerics.Tensors;
using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Scanning;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch;

/// <summary>
/// Exact search by an int8 scan with fp32 rescoring; the default up to some hundred thousand vectors. The answer is that of a plain fp32 scan over all
/// vectors, always: what the codes lose is bounded, and rows within the bound are scored in full. Takes about 5 bytes of native memory a number held.
/// <para>
/// Any number of threads may read while one or more write: readers share a lock, a writer waits for readers that are under way (a search takes about a
/// millisecond for 100,000 vectors of 256), and a search sees the index as it was at one moment. A filter runs inside that lock:
/// it may read this index, but must neither change it nor wait for a thread that does.
/// </para>
/// </summary>
public sealed partial class FlatIndex : IVectorIndex, IVectorIndexWriter, IDisposable
{
    /// <summary>The longest vector an index takes.</summary>
    public const int MaxDimensions = 1 << 20;

    /// <summary>Vectors shorter than this are as good as zero; longer ones than its inverse overflow fp32.</summary>
    private const float LeastNorm = 1e-12f;

    private readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.SupportsRecursion);
    private readonly RowStore store;
    private readonly KernelKind kernel;
    private bool disposed;

    /// <summary>An empty index.</summary>
    /// <param name="dimensions">Length of each vector, 1 to <see cref="MaxDimensions"/>.</param>
    public FlatIndex(int dimensions)
        : this(Shape(dimensions), KernelChoice.Best)
    {
    }

    internal FlatIndex(RowShape shape, KernelKind kernel)
        : this(new RowStore(shape), kernel)
    {
    }

    private FlatIndex(RowStore store, KernelKind kernel)
    {
        this.store = store;
        this.kernel = kernel;
    }

    /// <inheritdoc/>
    public int Dimensions => store.Shape.Dimensions;

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            using Reading reading = Read();
            return store.Count;
        }
    }

    /// <summary>The instructions that scans use here: AVX-512, AVX-VNNI, AVX2, AdvSimd or scalar. Results do not depend on it.</summary>
    public string Instructions => KernelChoice.Name(kernel);

    /// <summary>Whether an index takes a vector of the right length: all its numbers are finite and its length is between 1e-12 and 1e12.</summary>
    /// <param name="vector">Any numbers.</param>
    public static bool CanHold(ReadOnlySpan<float> vector) => !vector.IsEmpty && TensorPrimitives.Norm(vector) is >= LeastNorm and <= 1 / LeastNorm;

    /// <inheritdoc/>
    /// <returns>Fewer than <paramref name="count"/> where the index or the filter leaves no more.</returns>
    /// <exception cref="ArgumentException">The query has another length than the index, a number that is not finite, or no direction; or count is negative.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int count, Func<long, bool>? filter = null)
    {
        Check(query, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using Reading reading = Read();
        int most = Math.Min(count, store.Count);
        return most == 0 ? [] : ExactScan.Search(store, query, most, filter, kernel);
    }

    /// <inheritdoc/>
    /// <param name="id">Its id.</param>
    /// <param name="vector">[dimensions] or longer; the rest is left as it is.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is too short.</exception>
    public bool TryGet(long id, Span<float> vector)
    {
        if (vector.Length < Dimensions) throw new ArgumentException($"There is room for {vector.Length} numbers, but vectors of this index have {Dimensions}.", nameof(vector));
        using Reading reading = Read();
        ReadOnlySpan<float> row = store.Find(id);
        if (row.IsEmpty) return false;
        row[..Dimensions].CopyTo(vector);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The vector has another length than the index, a number that is not finite, or no direction (<see cref="CanHold"/>).</exception>
    public void Set(long id, ReadOnlySpan<float> vector)
    {
        Check(vector, nameof(vector));
        using Writing writing = Write();
        store.Set(id, vector);
    }

    /// <inheritdoc/>
    public bool Remove(long id)
    {
        using Writing writing = Write();
        return store.Remove(id);
    }

    /// <summary>Frees the memory, once readers that are under way are done.</summary>
    public void Dispose()
    {
        gate.EnterWriteLock();
        try
        {
            disposed = true;
            store.Dispose();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private static RowShape Shape(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        return RowShape.For(dimensions);
    }

    private void Check(ReadOnlySpan<float> vector, string name)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} numbers, but this index holds vectors of {Dimensions}.", name);
        if (CanHold(vector)) return;
        foreach (float value in vector)
            if (!float.IsFinite(value)) throw new ArgumentException($"The vector contains {value}; numbers must be finite.", name);
        throw new ArgumentException($"The vector's length is {TensorPrimitives.Norm(vector)}, so it has no direction that could be compared; it must lie between 1e-12 and 1e12.", name);
    }

    private Reading Read()
    {
        gate.EnterReadLock();
        var reading = new Reading(gate);
        if (!disposed) return reading;
        reading.Dispose();
        throw new ObjectDisposedException(nameof(FlatIndex));
    }

    private Writing Write()
    {
        gate.EnterWriteLock();
        var writing = new Writing(gate);
        if (!disposed) return writing;
        writing.Dispose();
        throw new ObjectDisposedException(nameof(FlatIndex));
    }

    private readonly ref struct Reading(ReaderWriterLockSlim gate)
    {
        public void Dispose() => gate.ExitReadLock();
    }

    private readonly ref struct Writing(ReaderWriterLockSlim gate)
    {
        public void Dispose() => gate.ExitWriteLock();
    }
}
