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
    private readonly bool _ownsMemory;
    private readonly int[] _slots;
    private readonly int[] _samples;
    private readonly SampleTargets _targets;
    private readonly Lazy<(float[] Mean, float[] Std)> _statistics;

    internal PackedStore(PictureShape shape, PlaneMemory memory, bool ownsMemory, int[] slots, int[] samples, SampleTargets targets, IReadOnlyList<SkippedFile> skipped)
    {
        Shape = shape;
        Skipped = skipped;
        _memory = memory;
        _ownsMemory = ownsMemory;
        _slots = slots;
        _samples = samples;
        _targets = targets;
        _statistics = new Lazy<(float[], float[])>(() => PlaneStatistics.Of(this));
    }

    /// <summary>Pictures held.</summary>
    public int Count => _slots.Length;

    /// <summary>Shape of each.</summary>
    public PictureShape Shape { get; }

    /// <summary>What could not be decoded and was left out.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>What the data set asks of a network.</summary>
    public DatasetTask Task => _targets.Task;

    /// <summary>Classes of the data set, whether pictures of them are held or not.</summary>
    public int ClassCount => _targets.ClassCount;

    /// <summary>Class of each picture, by position: the first one where there are several, -1 where there is none.</summary>
    public IReadOnlyList<int> Classes => _targets.First;

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
        System.Threading.Tasks.Task.Run(() => StoreBuilder.Build(data, samples, preprocessing, memoryBudget, progress, cancellationToken), cancellationToken);

    /// <summary>[channels, height, width] of one picture.</summary>
    public ReadOnlySpan<byte> Planes(int position) => _memory[_slots[position]];

    /// <summary>All classes of one picture, ascending.</summary>
    public ReadOnlySpan<int> ClassesOf(int position) => _targets.Classes(position);

    /// <summary>The number of one picture, for <see cref="DatasetTask.Numeric"/>; NaN where it has none.</summary>
    public float NumberOf(int position) => _targets.Number(position);

    /// <summary>Mean and standard deviation per channel over all pictures, in units of 0..1; computed once, exactly.</summary>
    public (float[] Mean, float[] Std) Statistics() => _statistics.Value;

    /// <summary>Some of the pictures, in the order given, without a copy: this store must outlive the result, whose disposal does nothing.</summary>
    /// <param name="positions">Positions in this store; they may repeat.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is out of range.</exception>
    public PackedStore Subset(ReadOnlySpan<int> positions)
    {
        int[] slots = new int[positions.Length], samples = new int[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            if ((uint)positions[i] >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(positions), positions[i], $"Positions are 0 to {Count - 1}.");
            (slots[i], samples[i]) = (_slots[positions[i]], _samples[positions[i]]);
        }

        return new PackedStore(Shape, _memory, ownsMemory: false, slots, samples, _targets.At(positions), []);
    }

    /// <summary>At most so many pictures of each class, as a <see cref="Subset"/> in the order of this store. With one seed a smaller count gives a part of what a larger one gives.</summary>
    /// <remarks>Pictures of no class count as one class; a picture of several classes must be among the first of each.</remarks>
    /// <param name="count">1 or more.</param>
    /// <param name="seed">Which ones; depends on the sample's index, not on the store.</param>
    public PackedStore AtMostPerClass(int count, int seed) => Subset(LabelBudget.Choose(this, count, seed));

    /// <summary>The same pictures at another size, as a store of its own; antialiased, on all cores. For training that begins with small pictures.</summary>
    /// <param name="height">1 or more.</param>
    /// <param name="width">1 or more.</param>
    /// <param name="progress">Told about every thousandth part.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public PackedStore Resized(int height, int width, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var shape = new PictureShape(Shape.Channels, height, width);
        PlaneMemory memory = StoreResizer.Resize(this, shape, progress, cancellationToken);
        return new PackedStore(shape, memory, ownsMemory: true, [.. Enumerable.Range(0, Count)], _samples, _targets, Skipped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsMemory)
            _memory.Dispose();
    }

    internal ReadOnlySpan<int> ClassSpan => _targets.First;

    internal ReadOnlySpan<int> SampleSpan => _samples;

    internal SampleTargets Targets => _targets;
}
