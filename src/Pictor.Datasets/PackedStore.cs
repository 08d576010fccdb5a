using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// Pictures decoded once, kept as 8-bit planes [count, channels, height, width] in memory, or in a mapped file when they would not fit.
/// Epochs read from here; nothing is decoded twice.
/// </summary>
public sealed class PackedStore : IDisposable
{
    internal PackedStore() { }

    /// <summary>Pictures held.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Shape of each.</summary>
    public PictureShape Shape => throw new NotImplementedException();

    /// <summary>What could not be decoded and was left out.</summary>
    public IReadOnlyList<SkippedFile> Skipped => throw new NotImplementedException();

    /// <summary>Class of each picture, by position.</summary>
    public IReadOnlyList<int> Classes => throw new NotImplementedException();

    /// <summary>Index into <see cref="Dataset.Samples"/> of each picture, by position.</summary>
    public IReadOnlyList<int> Samples => throw new NotImplementedException();

    /// <summary>Decodes the given samples on all cores; the result does not depend on their number.</summary>
    public static Task<PackedStore> BuildAsync(
        Dataset data, IReadOnlyList<int> samples, Preprocessing preprocessing, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>[channels, height, width] of one picture.</summary>
    public ReadOnlySpan<byte> Planes(int position) => throw new NotImplementedException();

    /// <summary>Mean and standard deviation per channel over all pictures, in units of 0..1.</summary>
    public (float[] Mean, float[] Std) Statistics() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
