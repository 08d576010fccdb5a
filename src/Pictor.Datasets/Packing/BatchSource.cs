using System.Buffers;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// The order of an epoch and the numbers of a batch. Whoever computes on a part of a batch fills that part itself, just before,
/// so there is no queue that could run dry and no thread that takes a core from the computation.
/// </summary>
public sealed class BatchSource
{
    private readonly PackedStore _store;
    private readonly Preprocessing _preprocessing;
    private readonly BatchSourceOptions _options;
    private readonly EpochOrder _order;
    private readonly int _batchSize;
    private readonly int _seed;

    /// <summary>Batches over a store; <paramref name="augmenter"/> null leaves pictures as they are.</summary>
    /// <exception cref="ArgumentException">The shapes of store and preprocessing differ.</exception>
    public BatchSource(PackedStore store, Preprocessing preprocessing, Augmenter? augmenter, int batchSize, int seed)
        : this(store, preprocessing, batchSize, seed, new BatchSourceOptions { Augmenter = augmenter })
    {
    }

    /// <summary>The same with everything that can be chosen.</summary>
    /// <exception cref="ArgumentException">The shapes of store and preprocessing differ, numbers are to be balanced, or the soft targets are not one row a picture.</exception>
    public BatchSource(PackedStore store, Preprocessing preprocessing, int batchSize, int seed, BatchSourceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (store.Shape != preprocessing.Shape)
            throw new ArgumentException($"The store holds {store.Shape}, the preprocessing wants {preprocessing.Shape}.", nameof(preprocessing));
        if (options.Sampling == Sampling.Balanced && store.Task == DatasetTask.Numeric)
            throw new ArgumentException("Numbers have no classes that could be balanced.", nameof(options));
        if (store.Count == 0 ? !options.SoftTargets.IsEmpty : options.SoftTargets.Length % store.Count != 0)
            throw new ArgumentException($"{options.SoftTargets.Length} soft targets are not one row for each of {store.Count} pictures.", nameof(options));
        (_store, _preprocessing, _options, _batchSize, _seed) = (store, preprocessing, options, batchSize, seed);
        _order = new EpochOrder(store, options.Sampling, seed);
    }

    /// <summary>What the pictures ask of a network.</summary>
    public DatasetTask Task => _store.Task;

    /// <summary>Batches in an epoch; the last one may be smaller.</summary>
    public int BatchesPerEpoch => (_store.Count + _batchSize - 1) / _batchSize;

    /// <summary>Values in a row of <see cref="FillTargets"/>: one per class; 1 for <see cref="DatasetTask.Numeric"/>.</summary>
    public int Outputs => _store.Task == DatasetTask.Numeric ? 1 : _store.ClassCount;

    /// <summary>[store count, n] in the order of the store; empty where there are none.</summary>
    public ReadOnlyMemory<float> SoftTargets => _options.SoftTargets;

    /// <summary>Positions in the store in the order of this epoch, which depends on seed and epoch alone: a permutation, or draws that balance the classes.</summary>
    public int[] Order(int epoch) => _order.Of(epoch);

    /// <summary>True when <see cref="Fill"/> mixes pictures in this epoch, so that the loss needs <see cref="FillTargets"/>.</summary>
    /// <param name="epoch">Counted from 1.</param>
    public bool Mixes(int epoch) => _options.Augmenter?.Augmentation is { IsMixing: true } a && (_options.Epochs == 0 || epoch <= a.MixUntil * _options.Epochs);

    /// <summary>Fills network inputs and classes for some positions of the store, without allocating. Safe from several threads.</summary>
    /// <param name="positions">Positions in the store.</param>
    /// <param name="epoch">For augmentation and mixing.</param>
    /// <param name="values">[n, channels, height, width], normalised.</param>
    /// <param name="classes">[n]: of the pictures themselves, not of what is mixed into them; -1 where there is none.</param>
    public void Fill(ReadOnlySpan<int> positions, int epoch, Span<float> values, Span<long> classes)
    {
        int length = _store.Shape.Length;
        if (values.Length < positions.Length * length)
            throw new ArgumentException($"{values.Length} values have no room for {positions.Length} pictures of {_store.Shape}.", nameof(values));
        if (classes.Length < positions.Length)
            throw new ArgumentException($"{classes.Length} classes have no room for {positions.Length}.", nameof(classes));
        ReadOnlySpan<int> classOf = _store.ClassSpan;
        bool mixes = Mixes(epoch);
        byte[]? scratch = _options.Augmenter is null ? null : ArrayPool<byte>.Shared.Rent(2 * length);
        for (int i = 0; i < positions.Length; i++)
        {
            int position = positions[i];
            ReadOnlySpan<byte> planes = Augmented(position, epoch, scratch.AsSpan(0, scratch is null ? 0 : length));
            if (mixes && MixOf(position, epoch) is { IsNone: false } mix)
            {
                // Only augmented pictures are mixed, so there is a scratch, and the picture lies in it.
                Span<byte> own = scratch.AsSpan(0, length);
                PictureMixer.Apply(own, Augmented(mix.Partner, epoch, scratch.AsSpan(length, length)), _store.Shape, mix);
            }

            _preprocessing.Normalize(planes, values.Slice(i * length, length));
            classes[i] = classOf[position];
        }

        if (scratch is not null)
            ArrayPool<byte>.Shared.Return(scratch);
    }

    /// <summary>Writes what the network should answer to the pictures that <see cref="Fill"/> gives for the same positions and epoch, mixed as they are. Safe from several threads.</summary>
    /// <param name="positions">Positions in the store.</param>
    /// <param name="epoch">As in <see cref="Fill"/>.</param>
    /// <param name="targets">[n, <see cref="Outputs"/>]: one-hot, 0 or 1 per class, or the number in its own unit.</param>
    public void FillTargets(ReadOnlySpan<int> positions, int epoch, Span<float> targets)
    {
        int outputs = Outputs;
        CheckRoom(targets, positions.Length, outputs);
        bool mixes = Mixes(epoch);
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> row = targets.Slice(i * outputs, outputs);
            row.Clear();
            Mix mix = mixes ? MixOf(positions[i], epoch) : new Mix { Share = 1 };
            _store.Targets.Add(positions[i], mix.Share, row);
            if (!mix.IsNone)
                _store.Targets.Add(mix.Partner, 1 - mix.Share, row);
        }
    }

    /// <summary>The same from <see cref="SoftTargets"/>, for distillation.</summary>
    /// <param name="positions">Positions in the store.</param>
    /// <param name="epoch">As in <see cref="Fill"/>.</param>
    /// <param name="targets">[n, values in a row of the soft targets].</param>
    /// <exception cref="InvalidOperationException">There are no soft targets.</exception>
    public void FillSoftTargets(ReadOnlySpan<int> positions, int epoch, Span<float> targets)
    {
        if (SoftTargets.IsEmpty)
            throw new InvalidOperationException("This source has no soft targets.");
        ReadOnlySpan<float> table = SoftTargets.Span;
        int outputs = table.Length / _store.Count;
        CheckRoom(targets, positions.Length, outputs);
        bool mixes = Mixes(epoch);
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> row = targets.Slice(i * outputs, outputs);
            table.Slice(positions[i] * outputs, outputs).CopyTo(row);
            if (!mixes || MixOf(positions[i], epoch) is not { IsNone: false } mix)
                continue;
            ReadOnlySpan<float> other = table.Slice(mix.Partner * outputs, outputs);
            for (int k = 0; k < outputs; k++)
                row[k] = (row[k] * mix.Share) + (other[k] * (1 - mix.Share));
        }
    }

    internal Mix MixOf(int position, int epoch) =>
        Mix.Of(_options.Augmenter!.Augmentation, _store.Shape, _store.Count, _seed, epoch, _store.SampleSpan[position]);

    private ReadOnlySpan<byte> Augmented(int position, int epoch, Span<byte> target)
    {
        ReadOnlySpan<byte> planes = _store.Planes(position);
        if (_options.Augmenter is not { } augmenter)
            return planes;
        augmenter.Apply(planes, target, epoch, _store.SampleSpan[position]);
        return target;
    }

    private static void CheckRoom(Span<float> targets, int rows, int outputs)
    {
        if (targets.Length < rows * outputs)
            throw new ArgumentException($"{targets.Length} values have no room for {rows} rows of {outputs}.", nameof(targets));
    }
}
