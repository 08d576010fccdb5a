using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// The order of an epoch and the numbers of a batch. Whoever computes on a part of a batch fills that part itself, just before,
/// so there is no queue that could run dry and no thread that takes a core from the computation.
/// </summary>
public sealed class BatchSource
{
    /// <summary>Batches over a store; <paramref name="augmenter"/> null leaves pictures as they are.</summary>
    public BatchSource(PackedStore store, Preprocessing preprocessing, Augmenter? augmenter, int batchSize, int seed) => throw new NotImplementedException();

    /// <summary>Batches in an epoch; the last one may be smaller.</summary>
    public int BatchesPerEpoch => throw new NotImplementedException();

    /// <summary>Positions in the store in the order of this epoch: a permutation that depends on seed and epoch alone.</summary>
    public int[] Order(int epoch) => throw new NotImplementedException();

    /// <summary>Fills network inputs and classes for some positions of the store, without allocating.</summary>
    /// <param name="positions">Positions in the store.</param>
    /// <param name="epoch">For the augmentation.</param>
    /// <param name="values">[n, channels, height, width], normalised.</param>
    /// <param name="classes">[n].</param>
    public void Fill(ReadOnlySpan<int> positions, int epoch, Span<float> values, Span<long> classes) => throw new NotImplementedException();
}
