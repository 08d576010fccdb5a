namespace Pictor.Datasets;

/// <summary>How batches are made.</summary>
public sealed record BatchSourceOptions
{
    /// <summary>What happens to pictures, mixing included. <value>Nothing.</value></summary>
    public Augmenter? Augmenter { get; init; }

    /// <summary>Epochs of the whole run, for <see cref="Augmentation.MixUntil"/>; 0: pictures are mixed in every epoch. <value>0.</value></summary>
    public int Epochs { get; init; }

    /// <summary>Which pictures an epoch shows. <value>Uniform.</value></summary>
    public Sampling Sampling { get; init; }

    /// <summary>[store count, n] in the order of the store, for <see cref="BatchSource.FillSoftTargets"/>: a teacher's probabilities. <value>Empty.</value></summary>
    public ReadOnlyMemory<float> SoftTargets { get; init; }
}
