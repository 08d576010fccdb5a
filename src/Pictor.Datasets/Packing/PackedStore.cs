using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// Pictures decoded once, kept as 8-bit planes [count, channels, height, width] in memory, or in a mapped file when they would not fit.
/// Epochs read from here; nothing is decoded twice.
/// </summary>
public sealed class PackedStore : IDisposable
{
    /// <summary>What is kept in memory at most before a mapped temporary file takes over, in bytes. <value>4 GiB.</value></summary>
    public const long DefaultMemoryBudget = 4L << 30;

    private readonly PlaneMemory _memory;
    private readonly int[] _slots;
    private readonly int[] _classes;
    private readonly int[] _samples;
    private readonly Lazy<(float[] Mean, float[] Std)> _statistics;

    internal PackedStore(PictureShape shape, PlaneMemory memory, int[] slots, int[] classes, int[] samples, IReadOnlyList<SkippedFile> skipped)
    {
        Shape = shape;
        Skipped = skipped;
        _memory = memory;
        _slots = slots;
        _classes = classes;
        _samples = samples;
        _statistics = new Lazy<(float[], float[])>(() => PlaneStatistics.Of(this));
    }

    /// <summary>Pictures held.</summary>
    public int Count => _slots.Length;

    /// <summary>Shape of each.</summary>
    public PictureShape Shape { get; }

    /// <summary>What could not be decoded and was left out.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>Class of each picture, by position.</summary>
    public IReadOnlyList<int> Classes => _classes;

    /// <summary>Index into <see cref="Dataset.Samples"/> of each picture, by position: the order asked for, without those that were skipped.</summary>
    public IReadOnlyList<int> Samples => _samples;

    /// <summary>Decodes the given samples on all cores; the result does not depend on their number.</summary>
    public static Task<PackedStore> BuildAsync(
        Dataset data, IReadOnlyList<int> samples, Preprocessing preprocessing, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        BuildAsync(data, samples, preprocessing, DefaultMemoryBudget, progress, cancellationToken);

    /// <summary>The same with a bound on memory.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="samples">Indices into <see cref="Dataset.Samples"/>.</param>
    /// <param name="preprocessing">Gives shape and resizing.</param>
    /// <param name="memoryBudget">Bytes of planes above which a mapped temporary file is used.</param>
    /// <param name="progress">Told about every thousandth part.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static Task<PackedStore> BuildAsync(
        Dataset data, IReadOnlyList<int> samples, Preprocessing preprocessing, long memoryBudget, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => StoreBuilder.Build(data, samples, preprocessing, memoryBudget, progress, cancellationToken), cancellationToken);

    /// <summary>[channels, height, width] of one picture.</summary>
    public ReadOnlySpan<byte> Planes(int position) => _memory[_slots[position]];

    /// <summary>Mean and standard deviation per channel over all pictures, in units of 0..1; computed once, exactly.</summary>
    public (float[] Mean, float[] Std) Statistics() => _statistics.Value;

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    internal ReadOnlySpan<int> ClassSpan => _classes;

    internal ReadOnlySpan<int> SampleSpan => _samples;
}
