using System.Buffers;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// The order of an epoch and the numbers of a batch. Whoever computes on a part of a batch fills that part itself, just before,
/// so there is no queue that could run dry and no thread that takes a core from the computation.
/// </summary>
public sealed class BatchSource
{
    private const int OrderStream = 0x0DE5;
    private readonly PackedStore _store;
    private readonly Preprocessing _preprocessing;
    private readonly Augmenter? _augmenter;
    private readonly int _batchSize;
    private readonly int _seed;

    /// <summary>Batches over a store; <paramref name="augmenter"/> null leaves pictures as they are.</summary>
    /// <exception cref="ArgumentException">The shapes of store and preprocessing differ.</exception>
    public BatchSource(PackedStore store, Preprocessing preprocessing, Augmenter? augmenter, int batchSize, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (store.Shape != preprocessing.Shape)
            throw new ArgumentException($"The store holds {store.Shape}, the preprocessing wants {preprocessing.Shape}.", nameof(preprocessing));
        (_store, _preprocessing, _augmenter, _batchSize, _seed) = (store, preprocessing, augmenter, batchSize, seed);
    }

    /// <summary>Batches in an epoch; the last one may be smaller.</summary>
    public int BatchesPerEpoch => (_store.Count + _batchSize - 1) / _batchSize;

    /// <summary>Positions in the store in the order of this epoch: a permutation that depends on seed and epoch alone.</summary>
    public int[] Order(int epoch)
    {
        var order = new int[_store.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        var random = new CounterRandom(_seed, epoch, OrderStream);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>Fills network inputs and classes for some positions of the store, without allocating. Safe from several threads.</summary>
    /// <param name="positions">Positions in the store.</param>
    /// <param name="epoch">For the augmentation.</param>
    /// <param name="values">[n, channels, height, width], normalised.</param>
    /// <param name="classes">[n].</param>
    public void Fill(ReadOnlySpan<int> positions, int epoch, Span<float> values, Span<long> classes)
    {
        int length = _store.Shape.Length;
        if (values.Length < positions.Length * length)
            throw new ArgumentException($"{values.Length} values have no room for {positions.Length} pictures of {_store.Shape}.", nameof(values));
        if (classes.Length < positions.Length)
            throw new ArgumentException($"{classes.Length} classes have no room for {positions.Length}.", nameof(classes));
        ReadOnlySpan<int> classOf = _store.ClassSpan;
        byte[]? scratch = _augmenter is null ? null : ArrayPool<byte>.Shared.Rent(length);
        for (int i = 0; i < positions.Length; i++)
        {
            int position = positions[i];
            ReadOnlySpan<byte> planes = _store.Planes(position);
            if (_augmenter is not null)
            {
                Span<byte> changed = scratch.AsSpan(0, length);
                _augmenter.Apply(planes, changed, epoch, _store.SampleSpan[position]);
                planes = changed;
            }

            _preprocessing.Normalize(planes, values.Slice(i * length, length));
            classes[i] = classOf[position];
        }

        if (scratch is not null)
            ArrayPool<byte>.Shared.Return(scratch);
    }
}
