using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Training.Evaluation;

/// <summary>What a package says of many pictures of a data set, on all cores. Pictures are decoded some tens of megabytes at a time, whatever their number.</summary>
internal static class Predictor
{
    private const long PlanesAtATime = 32L << 20;
    private const int Batch = 32;

    /// <param name="Samples">Indices into <see cref="Dataset.Samples"/> of what could be read, in the order asked for.</param>
    /// <param name="Probabilities">[samples, classes].</param>
    /// <param name="Skipped">What could not be decoded.</param>
    /// <param name="Brightness">[samples]: mean of what enters the network, 0..1.</param>
    public sealed record Outcome(IReadOnlyList<int> Samples, double[] Probabilities, IReadOnlyList<SkippedFile> Skipped, float[] Brightness);

    public static async Task<Outcome> RunAsync(Annotator annotator, Dataset data, IReadOnlyList<int> samples, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int classes = annotator.Package.Manifest.Classes;
        if ((long)samples.Count * classes > Array.MaxLength)
        {
            throw new InputException(data.Path, $"{samples.Count} pictures of {classes} classes give more than {Array.MaxLength} probabilities, which is more than a report holds",
                "Judge a smaller part with --split.");
        }

        Preprocessing input = annotator.Package.Manifest.Input;
        int chunk = (int)Math.Clamp(PlanesAtATime / input.Shape.Length, Batch, 1 << 16);
        var probabilities = new double[samples.Count * classes];
        var brightness = new float[samples.Count];
        var read = new List<int>(samples.Count);
        var skipped = new List<SkippedFile>();
        progress?.Report(new Progress("Judging pictures", 0, samples.Count));
        for (int start = 0; start < samples.Count; start += chunk)
        {
            int[] part = [.. samples.Skip(start).Take(chunk)];
            using PackedStore store = await PackedStore.BuildAsync(data, part, input, progress: null, cancellationToken);
            skipped.AddRange(store.Skipped);
            int before = read.Count, done = start;
            read.AddRange(store.Samples);
            await Task.Run(() => RunStore(annotator, store, probabilities.AsMemory(before * classes, store.Count * classes), brightness.AsMemory(before, store.Count), count =>
                progress?.Report(new Progress("Judging pictures", Interlocked.Add(ref done, count), samples.Count)), cancellationToken), cancellationToken);
        }

        progress?.Report(new Progress("Judging pictures", samples.Count, samples.Count));
        bool all = read.Count == samples.Count;
        return new Outcome(read, all ? probabilities : probabilities[..(read.Count * classes)], skipped, all ? brightness : brightness[..read.Count]);
    }

    private static void RunStore(Annotator annotator, PackedStore store, Memory<double> probabilities, Memory<float> brightness, Action<int> advanced, CancellationToken cancellationToken)
    {
        int classes = annotator.Package.Manifest.Classes, length = store.Shape.Length;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, (store.Count + Batch - 1) / Batch, options, () => (Planes: new byte[Batch * length], Values: new float[Batch * classes]), (batch, _, buffers) =>
        {
            int first = batch * Batch, count = Math.Min(Batch, store.Count - first);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> planes = store.Planes(first + i);
                planes.CopyTo(buffers.Planes.AsSpan(i * length));
                brightness.Span[first + i] = Mean(planes);
            }

            Span<float> values = buffers.Values.AsSpan(0, count * classes);
            annotator.Run(buffers.Planes.AsSpan(0, count * length), count, values, []);
            Span<double> target = probabilities.Span.Slice(first * classes, values.Length);
            for (int i = 0; i < values.Length; i++)
                target[i] = Checked(values[i], annotator);
            advanced(count);
            return buffers;
        }, _ => { });
    }

    private static float Mean(ReadOnlySpan<byte> planes)
    {
        long sum = 0;
        foreach (byte value in planes)
            sum += value;
        return (float)(sum / (255.0 * planes.Length));
    }

    private static float Checked(float probability, Annotator annotator) => (probability >= 0 || annotator.Package.Manifest.Task == PackageTask.Regressor) && float.IsFinite(probability)
        ? probability
        : throw new InputException(annotator.Package.Reference, $"the model answered with {probability}, which is no probability", "The package is damaged or its training has diverged; train it again.")
        { Code = "package.not-runnable" };
}
