using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Training.Heads;

/// <summary>What a package says of pictures of a data set, computed once on all cores; planes are held some tens of megabytes at a time, whatever the number of pictures.</summary>
/// <param name="Samples">Indices into <see cref="Dataset.Samples"/> of what could be read, in the order asked for.</param>
/// <param name="Probabilities">[samples, classes]; empty when embeddings were asked for.</param>
/// <param name="Embeddings">Their embeddings; without rows when probabilities were asked for.</param>
/// <param name="Mirrored">Embeddings of their mirror images; null when not asked for.</param>
/// <param name="Skipped">What could not be decoded.</param>
internal sealed record PackageOutputs(IReadOnlyList<int> Samples, float[] Probabilities, FeatureRows Embeddings, FeatureRows? Mirrored, IReadOnlyList<SkippedFile> Skipped)
{
    private const long PlanesAtATime = 32L << 20;
    private const int Batch = 16;

    /// <summary>Embeddings.</summary>
    public static async Task<PackageOutputs> EmbedAsync(
        Annotator annotator, Dataset data, IReadOnlyList<int> samples, bool mirror, string stage, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int length = annotator.Package.Manifest.EmbeddingLength;
        float[] values = Room(data, samples, length, mirror ? 2 : 1), mirrored = mirror ? new float[values.Length] : [];
        (List<int> read, List<SkippedFile> skipped) = await WalkAsync(annotator, data, samples, stage, (planes, shape, scratch, at, count) =>
        {
            annotator.Run(planes, count, scratch, values.AsSpan(at * length, count * length));
            if (!mirror)
                return;
            Mirror(planes, shape.Width);
            annotator.Run(planes, count, scratch, mirrored.AsSpan(at * length, count * length));
        }, progress, cancellationToken).ConfigureAwait(false);
        return new PackageOutputs(read, [], Trimmed(values, read.Count, length, annotator), mirror ? Trimmed(mirrored, read.Count, length, annotator) : null, skipped);
    }

    /// <summary>Probabilities.</summary>
    public static async Task<PackageOutputs> PredictAsync(
        Annotator annotator, Dataset data, IReadOnlyList<int> samples, string stage, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int classes = annotator.Package.Manifest.Classes;
        float[] values = Room(data, samples, classes, tables: 1);
        (List<int> read, List<SkippedFile> skipped) = await WalkAsync(annotator, data, samples, stage, (planes, _, _, at, count) =>
            annotator.Run(planes, count, values.AsSpan(at * classes, count * classes), []), progress, cancellationToken).ConfigureAwait(false);
        return new PackageOutputs(read, Trimmed(values, read.Count, classes, annotator).Values, new FeatureRows([], 0, 0), null, skipped);
    }

    private delegate void BatchBody(Span<byte> planes, PictureShape shape, Span<float> scratch, int at, int count);

    private static async Task<(List<int> Read, List<SkippedFile> Skipped)> WalkAsync(
        Annotator annotator, Dataset data, IReadOnlyList<int> samples, string stage, BatchBody body, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        Preprocessing input = annotator.Package.Manifest.Input;
        int chunk = (int)Math.Clamp(PlanesAtATime / input.Shape.Length, Batch, 1 << 16);
        var read = new List<int>(samples.Count);
        var skipped = new List<SkippedFile>();
        progress?.Report(new Progress(stage, 0, samples.Count));
        for (int start = 0; start < samples.Count; start += chunk)
        {
            int[] part = [.. samples.Skip(start).Take(chunk)];
            using PackedStore store = await PackedStore.BuildAsync(data, part, input, progress: null, cancellationToken).ConfigureAwait(false);
            skipped.AddRange(store.Skipped);
            int at = read.Count, done = start;
            read.AddRange(store.Samples);
            await Task.Run(() => Run(store, annotator.Package.Manifest.Classes, at, body, Report, cancellationToken), cancellationToken).ConfigureAwait(false);
            void Report(int count) => progress?.Report(new Progress(stage, Interlocked.Add(ref done, count), samples.Count));
        }

        progress?.Report(new Progress(stage, samples.Count, samples.Count));
        return (read, skipped);
    }

    private static void Run(PackedStore store, int classes, int at, BatchBody body, Action<int> advanced, CancellationToken cancellationToken)
    {
        int picture = store.Shape.Length;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, (store.Count + Batch - 1) / Batch, options, () => (Planes: new byte[Batch * picture], Classes: new float[Batch * classes]), (batch, _, buffers) =>
        {
            int first = batch * Batch, count = Math.Min(Batch, store.Count - first);
            Span<byte> planes = buffers.Planes.AsSpan(0, count * picture);
            for (int i = 0; i < count; i++)
                store.Planes(first + i).CopyTo(planes[(i * picture)..]);
            body(planes, store.Shape, buffers.Classes.AsSpan(0, count * classes), at + first, count);
            advanced(count);
            return buffers;
        }, _ => { });
    }

    private static void Mirror(Span<byte> planes, int width)
    {
        for (int at = 0; at < planes.Length; at += width)
            planes.Slice(at, width).Reverse();
    }

    private static float[] Room(Dataset data, IReadOnlyList<int> samples, int length, int tables) => (long)samples.Count * length * tables <= Array.MaxLength
        ? new float[samples.Count * length]
        : throw new InputException(data.Path, $"{samples.Count} pictures with {length} values each need more memory than one table has", "Take fewer pictures, or fine-tune the network instead.") { Code = "data.too-large" };

    private static FeatureRows Trimmed(float[] values, int count, int length, Annotator annotator)
    {
        float[] kept = values.Length == count * length ? values : values[..(count * length)];
        foreach (float value in kept)
        {
            if (!float.IsFinite(value))
                throw new InputException(annotator.Package.Reference, "its answer is not a number for some pictures", "The package is damaged or its training has diverged; train it again.") { Code = "package.not-runnable" };
        }

        return new FeatureRows(kept, count, length);
    }
}
